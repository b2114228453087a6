import { IconArrowRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, RecordChange, Refs, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { FieldValue } from "@/ui/FieldValue";
import classes from "./ChangeValues.module.css";

/** What a record and the pages of its changes refer to. */
export const refsWith = (refs: Refs | undefined, pages: { refs?: Refs }[] = []): Refs =>
  Object.assign({}, refs, ...pages.map((page) => page.refs));

interface Props {
  entity: Entity;
  change: RecordChange;
  refs?: Refs;
  /** At most so many fields; the rest is counted. */
  max?: number;
}

/** Fields whose values changed, as pairs that can be read; what the program makes from others is left out. */
export const changedPairs = (entity: Entity, change: RecordChange): [string, Value, Value][] =>
  Object.entries(change.values)
    .filter(([name]) => {
      const field = fieldOf(entity, name);
      return field && !(field.flags.read_only && (name === entity.title || field.flags.sorts_as_name));
    })
    .map(([name, pair]) => [name, pair[0] as Value, pair[1] as Value]);

/** What kind of change it was. */
export function useKindWords(): (change: RecordChange) => string {
  const { t } = useTranslation("record");
  return (change) => {
    if (change.binned !== undefined) return t(change.binned ? "acts.deleted" : "acts.restored");
    return t(`record:history.kind.${change.kind}`);
  };
}

/** Old and new value of each field. */
export function ChangeValues({ entity, change, refs, max = Number.POSITIVE_INFINITY }: Props) {
  const { t } = useTranslation("record");
  const pairs = changedPairs(entity, change);
  if (pairs.length === 0 && !change.owner) return null;
  return (
    <ul className={classes.list}>
      {change.owner && (
        <li className={classes.item}>
          <span className={classes.name}>{t("owner")}</span>
          <Pair before={change.owner[0]?.name} after={change.owner[1]?.name} />
        </li>
      )}
      {pairs.slice(0, max).map(([name, before, after]) => {
        const field = fieldOf(entity, name);
        if (!field) return null;
        return (
          <li key={name} className={classes.item}>
            <span className={classes.name}>{inWords(field.label)}</span>
            <Pair
              before={
                change.kind === "insert" ? undefined : (
                  <FieldValue field={field} value={before} refs={refs} plain />
                )
              }
              after={<FieldValue field={field} value={after} refs={refs} plain />}
            />
          </li>
        );
      })}
      {pairs.length > max && (
        <li className={classes.name}>{t("history.more", { count: pairs.length - max })}</li>
      )}
    </ul>
  );
}

function Pair({ before, after }: { before?: ReactNode; after: ReactNode }) {
  const { t } = useTranslation("record");
  return (
    <>
      {before !== undefined && (
        <>
          <span className={classes.before}>
            <span className="visually-hidden">{t("history.before")} </span>
            {before}
          </span>
          <IconArrowRight size={14} aria-hidden className={classes.arrow} />
          <span className="visually-hidden">{t("history.after")} </span>
        </>
      )}
      <span className={classes.after}>{after}</span>
    </>
  );
}
