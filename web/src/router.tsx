// All addresses of the interface. Search parameters hold codes, numbers and ids; what a person typed or may be
// called (a search, a text filter) stays in memory, never in an address.

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Problem } from "@/api/client";
import { entitiesQuery, meQuery, preferencesQuery } from "@/api/queries";
import { officeWords } from "@/i18n";
import { isBehind, rewrite } from "@/lib/address";
import { useMe } from "@/lib/entities";
import { keepAgain } from "@/lib/forget";
import { Unserved } from "@/pages/auth/Unserved";
import EntityList from "@/pages/list/EntityList";
import { NotFound, PageFailed, PagePending } from "@/ui/RouteStates";
import { Shell } from "@/ui/Shell";

export type Search = Record<string, string | string[]>;

/** Plain, repeatable parameters: `?f=stage:eq:won&f=value:gte:1000&tab=history`, of which a browser sends the last alone. */
export function parseSearch(text: string): Search {
  const found: Search = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return found;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  // In the order that they come back in.
  const all = Object.entries(search).sort(([a], [b]) => Number(isBehind(a)) - Number(isBehind(b)));
  for (const [name, value] of all) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("@/pages/auth/SignIn")),
});

const signOn = createRoute({
  getParentRoute: () => root,
  path: "/sign-on/$provider",
  component: lazyRouteComponent(() => import("@/pages/auth/Return")),
});

const useLink = createRoute({
  getParentRoute: () => root,
  path: "/link",
  component: lazyRouteComponent(() => import("@/pages/auth/UseLink")),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => import("@/pages/auth/Forgotten")),
});

/** Where to go instead of a page that is not served. */
function elsewhere(error: unknown, href: string): unknown {
  if (!(error instanceof Problem)) return error;
  const search = { to: href === "/" ? undefined : href } as never;
  if (error.status === 401) return redirect({ to: "/sign-in", search });
  if (error.code === "factor-required") return redirect({ to: "/enrol", search });
  // Asked of the page itself: this session is used in another browser than it was begun in.
  if (error.code === "step-up-required") return redirect({ to: "/confirm", search });
  return error;
}

const confirm = createRoute({
  getParentRoute: () => root,
  path: "/confirm",
  component: lazyRouteComponent(() => import("@/pages/auth/Confirm")),
});

const confirmed = createRoute({
  getParentRoute: () => root,
  path: "/confirmed",
  component: lazyRouteComponent(() => import("@/pages/auth/Confirmed")),
});

const enrol = createRoute({
  getParentRoute: () => root,
  path: "/enrol",
  component: lazyRouteComponent(() =>
    Promise.all([import("@/pages/account/Enrol"), officeWords()]).then(([module]) => module),
  ),
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery).catch((error) => {
      throw elsewhere(error, location.href);
    });
    if (!me.factors.enrol_only) throw redirect({ to: "/" });
  },
});

/** What is around a page: another frame for who is of a partner, with pages of its own. */
function Frame() {
  const { partner } = useMe();
  if (!partner) return <Shell />;
  return (
    <Suspense fallback={<PagePending />}>
      <PartnerShell />
    </Suspense>
  );
}

const PartnerShell = lazy(() => import("@/pages/partner/PartnerShell"));

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Frame,
  // Without what it stands on there is no menu around a failure.
  errorComponent: Unserved,
  beforeLoad: async ({ context, location }) => {
    try {
      await Promise.all([
        context.client.ensureQueryData(meQuery),
        context.client.ensureQueryData(entitiesQuery),
        // Lists ask for the columns that are chosen; without an answer, for the usual ones.
        context.client.ensureQueryData(preferencesQuery).catch(() => undefined),
      ]);
      keepAgain();
    } catch (error) {
      throw elsewhere(error, location.href);
    }
  },
});

type Module = Record<string, unknown> & { default: unknown };

function page(path: string, load: () => Promise<Module>) {
  return createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(load as never) as never,
  });
}

/** A page with words of its own. */
const office = (path: string, load: () => Promise<Module>) =>
  page(path, () => Promise.all([load(), officeWords()]).then(([module]) => module));

const routes = [
  page("/", () => import("@/pages/home/Home")),
  page("/deals", () => import("@/pages/deals/Deals")),
  page("/activities", () => import("@/pages/activities/Activities")),
  page("/shared", () => import("@/pages/shared/Shared")),
  page("/bin", () => import("@/pages/bin/Bin")),
  office("/import", () => import("@/pages/import/Import")),
  office("/jobs", () => import("@/pages/jobs/Jobs")),
  page("/access-requests", () => import("@/pages/requests/Requests")),
  office("/access-reviews", () => import("@/pages/reviews/Reviews")),
  office("/access-reviews/$id", () => import("@/pages/reviews/Review")),
  // For users of partners alone: the house has no such page.
  createRoute({ getParentRoute: () => shell, path: "/registrations", component: NotFound }),
  page("/notifications", () => import("@/pages/notices/Notices")),
  office("/account", () => import("@/pages/account/Account")),
  office("/hand-over/$id", () => import("@/pages/handOver/HandOverPage")),
  office("/admin", () => import("@/pages/admin/Admin")),
  office("/admin/users", () => import("@/pages/admin/Users")),
  office("/admin/users/$id", () => import("@/pages/admin/User")),
  office("/admin/service-accounts", () => import("@/pages/admin/ServiceAccounts")),
  office("/service-accounts/$id", () => import("@/pages/admin/ServiceAccount")),
  office("/admin/teams", () => import("@/pages/admin/Teams")),
  office("/admin/roles", () => import("@/pages/admin/Roles")),
  office("/admin/roles/$id", () => import("@/pages/admin/Role")),
  office("/admin/findings", () => import("@/pages/admin/Findings")),
  office("/admin/access-reviews", () => import("@/pages/admin/Reviews")),
  office("/admin/access-reviews/$id", () => import("@/pages/admin/Review")),
  office("/admin/factors", () => import("@/pages/admin/Factors")),
  office("/admin/approvals", () => import("@/pages/admin/Approvals")),
  office("/admin/sessions", () => import("@/pages/admin/SessionRules")),
  office("/admin/sign-on", () => import("@/pages/admin/SignOn")),
  office("/admin/fields", () => import("@/pages/admin/Fields")),
  office("/admin/system", () => import("@/pages/admin/System")),
  office("/admin/partners", () => import("@/pages/admin/Partners")),
  office("/admin/partners/$id", () => import("@/pages/admin/Partner")),
  office("/disclosures", () => import("@/pages/admin/Disclosures")),
  office("/explain", () => import("@/pages/admin/Explain")),
  office("/ledger", () => import("@/pages/admin/Ledger")),
  // Where people are most of the time comes with the frame.
  createRoute({ getParentRoute: () => shell, path: "/$plural", component: EntityList }),
  page("/$plural/$id", () => import("@/pages/record/Record")),
];

/** An address that no page has, shown with the menu to go on by. */
const nowhere = createRoute({ getParentRoute: () => shell, path: "$", component: NotFound });

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      signOn,
      useLink,
      forgotten,
      confirm,
      confirmed,
      enrol,
      shell.addChildren([...routes, nowhere]),
    ]),
    context: { client },
    parseSearch,
    stringifySearch,
    rewrite,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
  interface HistoryState {
    /** Number of the words searched for and of the conditions whose values are typed text (`lib/typed.ts`). */
    typed?: string;
    /** Number of the list that a record was opened from. */
    from?: string;
  }
}
