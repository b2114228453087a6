import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { recordQuery } from "@/api/queries";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { titleOf, useEntities } from "@/lib/entities";
import { useStream, useWatch } from "@/lib/stream";
import { NotThere } from "@/pages/requests/NotThere";
import { Page } from "@/ui/Page";
import { NotFound } from "@/ui/RouteStates";
import { Failed, Loading } from "@/ui/States";
import { ErasedPage } from "./ErasedPage";
import { HereProvider, isWriting, noDrafts } from "./here";
import { LeaveGuard } from "./LeaveGuard";
import { RecordPage } from "./RecordPage";
import type { Erased } from "./useActs";
import { useSaving } from "./useSaving";

/** One record of any entity. */
export default function RecordRoute() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const entity = useEntities().find((e) => e.plural === plural);
  if (!entity) return <NotFound />;
  return <Opened key={id} entity={entity} id={id} />;
}

const isNotThere = (error: unknown) => error instanceof Problem && [404, 422].includes(error.status);

function Opened({ entity, id }: { entity: Entity; id: string }) {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const saving = useSaving(entity, id);
  const [gone, setGone] = useState(false);
  const [erased, setErased] = useState<Erased | null>(null);
  // What is no longer there is not asked for again: each refusal is an entry of the ledger.
  const query = useQuery({ ...recordQuery(entity.plural, id), enabled: !gone && !erased });
  const [drafts] = useState(noDrafts);
  useWatch(entity.name, id);
  useStream("gone", (what) => {
    if (what.entity !== entity.name || what.id !== id || erased) return;
    client.removeQueries({ queryKey: recordQuery(entity.plural, id).queryKey });
    setGone(true);
  });

  if (erased) return <ErasedPage entity={entity} erased={erased} />;
  if (gone || isNotThere(query.error)) return <NotThere entity={entity} id={id} />;
  const record = query.data;
  if (!record) {
    const name = inWords(entity.label);
    return (
      <Page title={name} tab={name}>
        {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />}
      </Page>
    );
  }
  const title = titleOf(entity, record.fields) || t("untitled");
  return (
    <HereProvider value={{ entity, record, saving, title, drafts }}>
      <RecordPage onErased={setErased} />
      <LeaveGuard isDirty={() => isWriting(drafts)} />
    </HereProvider>
  );
}
