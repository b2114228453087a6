// Who can see a record and why, as the server decides it: by reason, person by person.
import { IconEye, IconLock, IconShare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity, Id } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import classes from "./WhoCanSee.module.css";
import { byReason, grantsOf, type Seer } from "./whoGroups";

interface Props {
  entity: Entity;
  people: Seer[];
  count: number;
  /** Of a record that hangs on another: the grants on it itself, if the user is told; the others are on that one. */
  onItself?: Set<Id> | "unknown";
}

export function WhoCanSee({ entity, people, count, onItself }: Props) {
  const { t } = useTranslation("record");
  const shared = onItself === "unknown" ? t("access.sharedEither") : t("access.shared");
  const groups = byReason(people).map((group) => (group.shared ? { ...group, label: shared } : group));
  const hangs = (grant: Id | undefined): boolean =>
    onItself instanceof Set && grant !== undefined && !onItself.has(grant);
  return (
    <div>
      <p className={classes.count} role="status">
        {t("access.count", { count })}
      </p>
      {groups.map((group) => (
        <section key={group.key} className={classes.group} aria-label={group.label}>
          <h3 className={classes.reason}>
            {group.shared ? <IconShare size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}{" "}
            {group.label}
          </h3>
          <ul className={classes.list}>
            {group.people.map((person) => (
              <Person
                key={person.user.id}
                entity={entity}
                person={person}
                shared={group.shared}
                hangs={hangs}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface PersonProps {
  entity: Entity;
  person: Seer;
  shared: boolean;
  /** Whether a grant is on what this record hangs on. */
  hangs: (grant: Id | undefined) => boolean;
}

function Person({ entity, person, shared, hangs }: PersonProps) {
  const { t } = useTranslation("record");
  const labels = (names: string[]) =>
    names.map((name) => inWords(fieldOf(entity, name)?.label) || name).join(", ");
  const { hidden, masked } = person.fields;
  return (
    <li className={classes.person}>
      <span className={classes.name}>
        {person.user.name}
        {person.team.name && <span className={classes.dim}> · {person.team.name}</span>}
      </span>
      <span className={classes.actions}>
        {person.actions.map((action) => t(`record:access.action.${action}`)).join(", ")}
      </span>
      {shared &&
        grantsOf(person).map(({ grant, role, until }) => (
          <span key={grant} className={classes.until}>
            {role.label}, {until ? t("access.until", { at: dateTime(until) }) : t("access.noEnd")}
            {hangs(grant) && ` · ${t("access.throughParent")}`}
          </span>
        ))}
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
