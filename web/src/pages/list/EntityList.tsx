import { useParams } from "@tanstack/react-router";
import { findEntity, mayAt, useEntities, useMe } from "@/lib/entities";
import { NotFound } from "@/ui/RouteStates";
import { EntityTable } from "./EntityTable";

/** The list of one entity, by its plural in the address. */
export default function EntityList() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const entity = findEntity(useEntities(), plural);
  const me = useMe();
  if (!entity || entity.plural !== plural || !mayAt(me, "read", entity.name)) return <NotFound />;
  return <EntityTable key={plural} entity={entity} />;
}
