import { Title } from "@mantine/core";
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { Fact } from "@/ui/States";
import type { Difference, FlagsOf } from "../parts/rights";
import classes from "./DifferenceList.module.css";
import { useDifferenceWords } from "./useDifferenceWords";

/** What kind of data a field holds, as roles tell fields apart. */
export function useFieldFlags(): FlagsOf {
  const entities = useEntities();
  return (name, field) => {
    const entity = findEntity(entities, name);
    return entity && fieldOf(entity, field)?.flags;
  };
}

interface Props {
  found: Difference[];
  heading?: 2 | 3;
}

/** Old and new, right by right. */
export function DifferenceList({ found, heading = 3 }: Props) {
  const words = useDifferenceWords();
  const told = found.map((one) => ({ ...words(one), sense: one.sense }));
  const groups = [...new Set(told.map((one) => one.group))];
  return (
    <div className={classes.groups}>
      {groups.map((group) => (
        <section key={group}>
          <Title order={heading} className={classes.group}>
            {group}
          </Title>
          <ul className={classes.list}>
            {told
              .filter((one) => one.group === group)
              .map((one) => (
                <li key={one.what}>
                  <span>{one.what}</span>
                  <span>
                    <s>{one.from || "–"}</s> → <b>{one.to || "–"}</b>
                  </span>
                  <Sense sense={one.sense} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Sense({ sense }: { sense: Difference["sense"] }) {
  const { t } = useTranslation("admin");
  const [Icon, kind] =
    sense === "wider"
      ? ([IconArrowUpRight, "warn"] as const)
      : sense === "narrower"
        ? ([IconArrowDownRight, "ok"] as const)
        : ([IconMinus, "muted"] as const);
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {t(`admin:sense.${sense}`)}
    </Fact>
  );
}
