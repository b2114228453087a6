// Who can see a record and why, as the server decides it: by reason, person by person.
import { IconEye, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import classes from "./WhoCanSee.module.css";
import { byReason, type Seer } from "./whoGroups";

export function WhoCanSee({ entity, people, count }: { entity: Entity; people: Seer[]; count: number }) {
  const { t } = useTranslation("record");
  return (
    <div>
      <p className={classes.count} role="status">
        {t("access.count", { count })}
      </p>
      {byReason(people).map((group) => (
        <section key={group.key} className={classes.group} aria-label={group.label}>
          <h3 className={classes.reason}>
            <IconEye size={14} aria-hidden /> {group.label}
          </h3>
          <ul className={classes.list}>
            {group.people.map((person) => (
              <Person key={person.user.id} entity={entity} person={person} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Person({ entity, person }: { entity: Entity; person: Seer }) {
  const { t } = useTranslation("record");
  const labels = (names: string[]) =>
    names.map((name) => inWords(fieldOf(entity, name)?.label) || name).join(", ");
  const { hidden, masked } = person.fields;
  return (
    <li className={classes.person}>
      <span className={classes.name}>
        {person.user.name}
        <span className={classes.dim}> · {person.team.name}</span>
      </span>
      <span className={classes.actions}>
        {person.actions.map((action) => t(`record:access.action.${action}`)).join(", ")}
      </span>
      {(hidden.length > 0 || masked.length > 0) && (
        <span className={classes.kept}>
          <IconLock size={12} aria-hidden />
          <span>
            {[
              hidden.length > 0 && t("access.hidden", { names: labels(hidden) }),
              masked.length > 0 && t("access.masked", { names: labels(masked) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
      )}
    </li>
  );
}
