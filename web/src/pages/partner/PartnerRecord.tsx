// One record as it was shared: its fields, and what hangs on it where that was shared too.
import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { recordQuery } from "@/api/queries";
import type { Entity, Field, RecordView } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, isMasked, titleOf, useEntities } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { EntityIcon } from "@/pages/record/header/EntityIcon";
import record_ from "@/pages/record/Record.module.css";
import tabs from "@/pages/record/tabs/Tabs.module.css";
import { grouped } from "@/pages/record/values";
import { FieldValue } from "@/ui/FieldValue";
import row from "@/ui/InlineField.module.css";
import { MaskedText } from "@/ui/MaskedText";
import { Page } from "@/ui/Page";
import { NotFound } from "@/ui/RouteStates";
import { Failed, Loading } from "@/ui/States";
import { EndOf } from "./EndOf";
import { lastEnd, useAllReceived, useEndOf } from "./grants";
import classes from "./Partner.module.css";
import { Related } from "./Related";

export default function PartnerRecord() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const entity = useEntities().find((e) => e.plural === plural);
  if (!entity) return <NotFound />;
  return <Opened key={id} entity={entity} id={id} />;
}

/** Where the name as a whole was not shared, what of it was. */
const partsOf = (entity: Entity, { fields }: RecordView): string => {
  const told = (part: unknown): part is string => typeof part === "string" && part !== "";
  const name = [fields.first_name, fields.last_name].filter(told).join(" ");
  // A lead of nobody by name is called by its company, or else by how it is reached.
  const others = entity.name === "lead" ? [fields.company_name, fields.email, fields.phone] : [];
  return name || (others.find(told) ?? "");
};

const isNotThere = (error: unknown) => error instanceof Problem && [404, 422].includes(error.status);

function Opened({ entity, id }: { entity: Entity; id: string }) {
  const { t } = useTranslation("partner");
  const query = useQuery(recordQuery(entity.plural, id));
  if (isNotThere(query.error)) return <NotFound />;
  const record = query.data;
  const kind = inWords(entity.label);
  if (!record)
    return (
      <Page title={kind} tab={kind}>
        {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />}
      </Page>
    );
  const title = titleOf(entity, record.fields) || partsOf(entity, record) || t("unnamed", { kind });
  return (
    <Page
      title={
        <span className={record_.title}>
          <EntityIcon name={entity.name} />
          {title}
        </span>
      }
      tab={kind}
      lead={<Lead record={record} kind={kind} />}
    >
      <Stack gap="lg">
        <div>
          {grouped(entity, record).map((group) => (
            <section key={group.name} className={tabs.group} aria-labelledby={`group-${group.name}`}>
              <h2 id={`group-${group.name}`}>{t(`record:group.${group.name}`)}</h2>
              <div className={group.name === "text" ? undefined : tabs.two}>
                {group.fields.map((field) => (
                  <OneField key={field.name} field={field} record={record} />
                ))}
              </div>
            </section>
          ))}
        </div>
        <Related entity={entity} id={id} />
      </Stack>
    </Page>
  );
}

function OneField({ field, record }: { field: Field; record: RecordView }) {
  const value = record.fields[field.name];
  return (
    <div className={row.row} data-field={field.name}>
      <div className={row.label}>{inWords(field.label)}</div>
      <div className={row.value}>
        <div className={row.text}>
          {isMasked(value) ? (
            <MaskedText display={value.display} />
          ) : (
            <FieldValue field={field} value={value} refs={record.refs} />
          )}
        </div>
      </div>
    </div>
  );
}

/** What kind of record it is, what it hangs on, until when it is shared, and when it was changed. */
function Lead({ record, kind }: { record: RecordView; kind: string }) {
  const { t } = useTranslation("partner");
  const entities = useEntities();
  const end = useEndOf();
  const grants = useAllReceived() ?? [];
  const { parent } = record;
  const shows = grants.filter(
    (grant) =>
      grant.record?.id === record.id || (parent && grant.with_related && grant.record?.id === parent.id),
  );
  const above = parent ? findEntity(entities, parent.entity) : undefined;
  const named = parent ? record.refs?.[parent.id] : undefined;
  return (
    <div className={classes.lead}>
      <p>
        {kind} · {t("changed", { at: dateTime(record.updated_at) })}
      </p>
      {above && named && parent && (
        <p>
          {t("belongs")}{" "}
          <Anchor component={Link} to={recordPath(above.plural, parent.id)} inherit underline="always">
            {named.title || t("record:untitled")}
          </Anchor>
        </p>
      )}
      <EndOf end={lastEnd(shows.map(end))} />
    </div>
  );
}
