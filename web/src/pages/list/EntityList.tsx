import { useParams } from "@tanstack/react-router";
import { inWords } from "@/i18n";
import { findEntity, reaches, useEntities, useMe } from "@/lib/entities";
import { Page } from "@/ui/Page";
import { NotFound } from "@/ui/RouteStates";
import { NoAccess } from "@/ui/States";
import { EntityTable } from "./EntityTable";

/** The list of one entity, by its plural in the address. */
export default function EntityList() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const entity = findEntity(useEntities(), plural);
  const me = useMe();
  if (!entity || entity.plural !== plural) return <NotFound />;
  if (!reaches(me, "read", entity.name)) {
    const title = inWords(entity.label_plural);
    return (
      <Page title={title} tab={title}>
        <NoAccess missing={{ action: "read", what: title }} />
      </Page>
    );
  }
  return <EntityTable key={plural} entity={entity} />;
}
