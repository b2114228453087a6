import { ActionIcon, Menu, Text, useMantineColorScheme } from "@mantine/core";
import {
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem, send } from "@/api/client";
import { currentLang, switchLanguage } from "@/i18n";
import { useMe } from "@/lib/entities";
import { forgetKept, forgetShown } from "@/lib/forget";
import { openShortcuts } from "@/lib/overlay";
import { failed } from "@/lib/undo";
import { forgetTyped } from "@/lib/waiting";
import { useChangeSettings } from "./settings";

/** Ends this session at the server and forgets all that was read; without a network, here at least. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const go = useNavigate();
  return async () => {
    // Who came from a provider of single sign-on goes there to sign out too.
    let there: string | null = null;
    try {
      there = (await send("DELETE", "/sessions/current")).headers.get("Location");
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0) {
        failed(error);
        return;
      }
    }
    client.clear();
    forgetShown();
    forgetKept();
    forgetTyped();
    if (there) location.assign(there);
    else await go({ to: "/sign-in", replace: true, ignoreBlocker: true });
  };
}

export function ProfileMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useChangeSettings();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = document.documentElement.dataset.mantineColorScheme === "dark";
  const lang = currentLang();
  const other = lang === "pl" ? "en" : "pl";
  const setTheme = (theme: "light" | "dark") => {
    setColorScheme(theme);
    change({ theme });
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("profile.open", { name: me.user.name })}
        >
          <IconUserCircle size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {me.user.name}
          </Text>
          <Text size="xs" c="dimmed">
            {me.partner?.name ?? (me.roles ?? []).map((r) => r.label).join(", ")}
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} aria-hidden />}>
          {t("profile.account")}
        </Menu.Item>
        {!me.partner && (
          <Menu.Item component={Link} to="/access-requests" leftSection={<IconKey size={16} aria-hidden />}>
            {t("profile.requests")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLanguage size={16} aria-hidden />}
          lang={other}
          onClick={() => {
            void switchLanguage(other);
            change({ lang: other });
          }}
        >
          {other === "pl" ? "Polski" : "English"}
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={16} aria-hidden /> : <IconMoon size={16} aria-hidden />}
          onClick={() => setTheme(dark ? "light" : "dark")}
          data-scheme={colorScheme}
        >
          {dark ? t("profile.light") : t("profile.dark")}
        </Menu.Item>
        {!me.partner && (
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openShortcuts}>
            {t("keys.help")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t("profile.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
