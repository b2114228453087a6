import "@/fonts.css";
import "@/app.css";
import "virtual:theme.css";
import { MantineProvider } from "@mantine/core";
import { notifyManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import i18next from "i18next";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { onFactorRequired, onSignedOut, Problem } from "@/api/client";
import { entitiesQuery, meQuery, preferencesQuery, sayAgain } from "@/api/queries";
import { startWords } from "@/i18n";
import { tidyAddress } from "@/lib/address";
import { forgetKept, forgetShown } from "@/lib/forget";
import { colorSchemeManager } from "@/lib/scheme";
import { makeRouter } from "@/router";
import { theme } from "@/theme";

// Before the next event, so that a box that is ticked stays ticked while its change is on the way.
notifyManager.setScheduler(queueMicrotask);
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: false,
      staleTime: 10_000,
      gcTime: 5 * 60_000,
    },
  },
});
tidyAddress();
const router = makeRouter(client);

// Nothing that was read stays once the session is over, and no question about unsaved input keeps it on screen.
onSignedOut(() => {
  forgetKept();
  // Nobody was known to be signed in: who asks is told so, and the way to a page leads to the sign-in.
  if (client.getQueryData(meQuery.queryKey) === undefined) return;
  client.clear();
  forgetShown();
  const here = router.state.location;
  if (here.pathname !== "/sign-in") {
    const search = { to: here.href, ended: "1" } as never;
    void router.navigate({ to: "/sign-in", search, replace: true, ignoreBlocker: true });
  }
});

// A factor is required and its time is over: nothing is served until there is one.
onFactorRequired(() => {
  const here = router.state.location;
  if (here.pathname === "/sign-in" || here.pathname === "/enrol") return;
  client.clear();
  forgetShown();
  const search = { to: here.href } as never;
  void router.navigate({ to: "/enrol", search, replace: true, ignoreBlocker: true });
});

function Words() {
  const { t } = useTranslation();
  // Mantine's own labels are English; each goes through the theme in the language in use.
  const labelled = {
    ...theme,
    components: {
      ...theme.components,
      PasswordInput: {
        defaultProps: { size: "sm", visibilityToggleButtonProps: { "aria-label": t("togglePassword") } },
      },
      InputClearButton: { defaultProps: { "aria-label": t("clearField") } },
      CloseButton: { defaultProps: { "aria-label": t("close") } },
      ModalCloseButton: { defaultProps: { "aria-label": t("close") } },
      DrawerCloseButton: { defaultProps: { "aria-label": t("close") } },
    },
  };
  return (
    <MantineProvider
      theme={labelled}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateInlineStyles
    >
      <RouterProvider router={router} />
    </MantineProvider>
  );
}

// What every page needs is on its way while the words are.
if (location.pathname !== "/sign-in") {
  void client.prefetchQuery(meQuery);
  void client.prefetchQuery(entitiesQuery);
  void client.prefetchQuery(preferencesQuery);
}
await startWords();
// What the server said in words was said in the other language.
i18next.on("languageChanged", () => sayAgain(client));
const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Words />
      </QueryClientProvider>
    </StrictMode>,
  );
}
