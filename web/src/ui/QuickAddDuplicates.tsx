import { Anchor } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Duplicate, Entity, Fields, Items } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import classes from "./QuickAdd.module.css";
import { compared } from "./QuickAddFields";
import { Fact } from "./States";

/** Records that may be the same as the one being typed, as far as the user may see them. */
export function useDuplicates(entity: Entity, values: Fields): Duplicate[] {
  const wanted = compared(entity, values);
  const [asked] = useDebouncedValue(wanted ? JSON.stringify(wanted) : "", 300);
  const { data } = useQuery<Duplicate[]>({
    queryKey: ["duplicates", entity.plural, asked],
    queryFn: ({ signal }) =>
      request<Items<Duplicate>>("POST", `/${entity.plural}/duplicates`, {
        body: { fields: JSON.parse(asked) },
        signal,
      }).then((answer) => answer.items),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  return wanted && asked ? (data ?? []) : [];
}

export function Duplicates({ entity, items }: { entity: Entity; items: Duplicate[] }) {
  const { t } = useTranslation("add");
  const entities = useEntities();
  return (
    <div role="status">
      {items.length > 0 && (
        <section className={classes.duplicates} aria-label={t("duplicates.title", { count: items.length })}>
          <p className={classes.duplicatesTitle}>{t("duplicates.title", { count: items.length })}</p>
          <ul>
            {items.map((item) => {
              const of = findEntity(entities, item.entity);
              const on = item.on.map((name) => inWords(fieldOf(entity, name)?.label) || name);
              return (
                <li key={item.id}>
                  <Fact kind={item.certain ? "danger" : "warn"}>
                    {item.certain ? (
                      <IconAlertTriangle size={14} aria-hidden />
                    ) : (
                      <IconHelpCircle size={14} aria-hidden />
                    )}
                    {item.certain ? t("duplicates.certain") : t("duplicates.possible")}
                  </Fact>
                  <span>
                    <Anchor
                      inherit
                      underline="always"
                      href={of ? recordPath(of.plural, item.id) : undefined}
                      target="_blank"
                      rel="noopener"
                    >
                      {item.title || t("duplicates.untitled")}
                      <span className="visually-hidden"> {t("duplicates.tab")}</span>
                    </Anchor>{" "}
                    <span className={classes.dim}>
                      {t("duplicates.same", {
                        entity: inWords(of?.label),
                        fields: on.join(", "),
                        owner: item.owner.name,
                      })}
                    </span>
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
