import { IconAlertTriangle, IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Duplicate } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { useHere } from "../here";
import { duplicatesQuery } from "../queries";
import { Card } from "./Card";
import classes from "./Rail.module.css";

/** Records that have the same telling values; nothing is shown while there are none. */
export function Duplicates() {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const { data = [] } = useQuery(duplicatesQuery(entity, record));
  if (data.length === 0) return null;
  return (
    <Card title={t("rail.duplicates")} icon={<IconCopy size={14} aria-hidden />}>
      <ul className={classes.list}>
        {data.map((found) => (
          <Found key={`${found.entity} ${found.id}`} found={found} />
        ))}
      </ul>
    </Card>
  );
}

function Found({ found }: { found: Duplicate }) {
  const { t } = useTranslation("record");
  const target = findEntity(useEntities(), found.entity);
  if (!target) return null;
  const on = found.on.map((name) => inWords(fieldOf(target, name)?.label) || name).join(", ");
  return (
    <li className={classes.next}>
      {found.certain && <IconAlertTriangle size={14} aria-hidden className={classes.warn} />}
      <span>
        <Link to={recordPath(target.plural, found.id)}>{found.title || t("untitled")}</Link>
        <span className={classes.sub}>
          <span className={found.certain ? classes.warn : undefined}>
            {t(found.certain ? "rail.certain" : "rail.likely")}
          </span>
          <span>{t("rail.same", { names: on })}</span>
          <span>{found.owner.name}</span>
        </span>
      </span>
    </li>
  );
}
