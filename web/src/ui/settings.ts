import { useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, request } from "@/api/client";
import type { Preferences } from "@/api/types";
import { currentLang, switchLanguage } from "@/i18n";
import { usePreferences } from "@/lib/entities";
import { setShortcutsEnabled } from "@/lib/keys";
import { failed } from "@/lib/undo";

/** Applies the user's own settings, kept by the server, to this browser. */
export function useSettings(): void {
  const { lang, theme, density, shortcuts } = usePreferences();
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  useEffect(() => {
    if (lang && lang !== currentLang()) void switchLanguage(lang);
  }, [lang]);
  useEffect(() => {
    if (theme) setColorScheme(theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density ?? "default";
  }, [density]);
  useEffect(() => setShortcutsEnabled(shortcuts !== false), [shortcuts]);
}

/** Changes some of the user's own settings; at once on screen, then at the server. */
export function useChangeSettings(): (change: Preferences) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    // One after the other: each sends all settings, and the last one has to win.
    mutationKey: ["preferences"],
    scope: { id: "preferences" },
    mutationFn: async (change: Preferences) => {
      // All of them are sent, so all have to be known, as another tab may have left them.
      const before = await get<Preferences>("/me/preferences");
      return request<Preferences>("PUT", "/me/preferences", { body: { ...before, ...change } });
    },
    onMutate: (change) => {
      const before = client.getQueryData<Preferences>(["preferences"]);
      client.setQueryData<Preferences>(["preferences"], { ...before, ...change });
      return before;
    },
    onSuccess: (kept) => {
      if (client.isMutating({ mutationKey: ["preferences"] }) === 1)
        client.setQueryData(["preferences"], kept);
    },
    onError: (error, _, before) => {
      client.setQueryData(["preferences"], before);
      failed(error);
    },
  });
  return mutate;
}
