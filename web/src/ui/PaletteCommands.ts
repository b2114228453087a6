// What the palette can do besides finding records: go somewhere, add something, change a setting.
import { useMantineColorScheme } from "@mantine/core";
import {
  IconAddressBook,
  IconBell,
  IconContrast,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPlus,
  IconProgressCheck,
  IconRowInsertTop,
  IconSettings,
  IconUserCircle,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Thing } from "@/api/types";
import { currentLang, inWords, switchLanguage } from "@/i18n";
import { mayManage, reaches, useEntities, useMe } from "@/lib/entities";
import { closeOverlay, openQuickAdd, openShortcuts } from "@/lib/overlay";
import { useSignOut } from "./ProfileMenu";
import { useItems } from "./Shell";
import { useChangeSettings } from "./settings";

export interface Option {
  id: string;
  group: string;
  label: string;
  sub?: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Keys that do the same from anywhere. */
  keys?: string;
  /** Address, for a new tab. */
  path?: string;
  run: () => void;
}

const ADMIN: [Thing, string][] = [
  ["users", "/admin/users"],
  ["teams", "/admin/teams"],
  ["roles", "/admin/roles"],
  ["fields", "/admin/fields"],
  ["system", "/admin/system"],
];

const KEYS: Record<string, string> = {
  "/": "G H",
  "/people": "G C",
  "/companies": "G F",
  "/leads": "G L",
  "/deals": "G P",
  "/activities": "G A",
};

function usePages(): Option[] {
  const { t } = useTranslation("palette");
  const go = useNavigate();
  const me = useMe();
  const { main, more } = useItems();
  const group = t("group.go");
  const page = (path: string, label: string, icon: Option["icon"]): Option => ({
    id: `go ${path}`,
    group,
    label,
    icon,
    path,
    keys: KEYS[path],
    run: () => {
      closeOverlay();
      void go({ to: path });
    },
  });
  return [
    ...main.map((item) => page(item.to, item.label, item.icon)),
    page("/notifications", t("page.notifications"), IconBell),
    page("/jobs", t("page.jobs"), IconProgressCheck),
    ...more.map((item) => page(item.to, item.label, item.icon)),
    ...ADMIN.filter(([thing]) => mayManage(me, thing)).map(([thing, path]) =>
      page(path, t(`admin.${thing}`), IconSettings),
    ),
    page("/account", t("page.account"), IconUserCircle),
  ];
}

function useAdds(): Option[] {
  const { t } = useTranslation("palette");
  const me = useMe();
  return useEntities()
    .filter((entity) => reaches(me, "create", entity.name))
    .map((entity) => ({
      id: `add ${entity.name}`,
      group: t("group.add"),
      label: t("add", { entity: inWords(entity.label) }),
      icon: IconPlus,
      run: () => openQuickAdd({ entity: entity.name }),
    }));
}

function useSettingsCommands(): Option[] {
  const { t } = useTranslation("palette");
  const change = useChangeSettings();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const group = t("group.settings");
  const other = currentLang() === "pl" ? "en" : "pl";
  const one = (id: string, label: string, icon: Option["icon"], act: () => void): Option => ({
    id,
    group,
    label,
    icon,
    run: () => {
      closeOverlay();
      act();
    },
  });
  return [
    one("lang", t("language", { name: other === "pl" ? "polski" : "English" }), IconLanguage, () => {
      void switchLanguage(other);
      change({ lang: other });
    }),
    ...(["light", "dark", "auto"] as const).map((theme) =>
      one(`theme ${theme}`, t(`theme.${theme}`), IconContrast, () => {
        setColorScheme(theme);
        change({ theme });
      }),
    ),
    ...(["compact", "default", "comfortable"] as const).map((density) =>
      one(`density ${density}`, t(`density.${density}`), IconRowInsertTop, () => change({ density })),
    ),
    { id: "keys", group, label: t("shortcuts"), icon: IconKeyboard, keys: "?", run: openShortcuts },
    one("out", t("signOut"), IconLogout, () => void signOut()),
  ];
}

/** All commands that this user has, in the order shown. */
export function useCommands(): Option[] {
  return [...usePages(), ...useAdds(), ...useSettingsCommands()];
}

/** Icon of an entity, as in the navigation. */
export function useEntityIcon(): (plural: string) => Option["icon"] {
  const { main } = useItems();
  return (plural) => main.find((item) => item.to === `/${plural}`)?.icon ?? IconAddressBook;
}
