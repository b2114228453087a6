// Records found for the palette, as options. Nothing of it is kept once the palette is closed.
import { IconArrowRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { searchAll } from "@/api/lists";
import type { SearchGroup } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities, useMe } from "@/lib/entities";
import { closeOverlay } from "@/lib/overlay";
import { listPath, recordPath } from "@/lib/paths";
import { typedState } from "@/lib/typed";
import { type Option, useEntityIcon } from "./PaletteCommands";

/** Where a list begins with a choice of its own, all of it. */
const EVERY: Record<string, Record<string, string>> = {
  deal: { v: "table" },
  activity: { v: "list", quick: "any" },
};

interface Found {
  options: Option[];
  /** Records among them. */
  count: number;
  /** Whether what is shown belongs to other words than asked for. */
  stale: boolean;
  error: unknown;
  retry: () => void;
}

export function useFound(words: string, on: boolean): Found {
  const { t } = useTranslation("palette");
  const by = useMe().user.id;
  const go = useNavigate();
  const entities = useEntities();
  const icon = useEntityIcon();
  const { data, error, isPlaceholderData, isPending, refetch } = useQuery<SearchGroup[]>({
    queryKey: ["search", words],
    queryFn: ({ signal }) => searchAll(words, 5, signal),
    enabled: on,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const options = (on ? (data ?? []) : []).flatMap((group): Option[] => {
    const entity = findEntity(entities, group.entity);
    if (!entity) return [];
    const label = inWords(entity.label_plural);
    const shown = group.items.map((item): Option => {
      const matched = item.matched ? fieldOf(entity, item.matched) : undefined;
      const where = matched && t("matched", { field: inWords(matched.label) });
      const path = recordPath(entity.plural, item.id);
      return {
        id: `record ${item.id}`,
        group: label,
        label: item.title || t("untitled"),
        sub: [item.subtitle, where].filter(Boolean).join(" · ") || undefined,
        icon: icon(entity.plural),
        path,
        run: () => {
          closeOverlay();
          void go({ to: path });
        },
      };
    });
    if (!group.more) return shown;
    return [
      ...shown,
      {
        id: `all ${entity.name}`,
        group: label,
        label: t("all", { entity: label }),
        icon: IconArrowRight,
        run: () => {
          closeOverlay();
          // The words stay out of the address.
          void go({
            to: listPath(entity.plural),
            search: EVERY[entity.name] as never,
            state: typedState(by, { q: words }),
          });
        },
      },
    ];
  });
  return {
    options,
    count: options.filter((o) => o.id.startsWith("record ")).length,
    stale: on && (isPlaceholderData || isPending),
    error: on ? error : null,
    retry: () => void refetch(),
  };
}
