// The frame for users of partner organisations. They see what was shared with them and their own account: whatever
// other address they go to, the page is the same as for one that there is not.
import { IconChecklist, IconClock, IconFlag, IconShare } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/client";
import { officeWords } from "@/i18n";
import { reaches, useMe } from "@/lib/entities";
import { dateTime, relativeDay } from "@/lib/format";
import { usePart } from "@/lib/later";
import { REGISTRATIONS } from "@/lib/paths";
import { askInPlace, useAsked } from "@/lib/stepUp";
import { NoticeBell } from "@/ui/NoticeBell";
import { ProfileMenu } from "@/ui/ProfileMenu";
import { NotFound, PagePending } from "@/ui/RouteStates";
import { SessionWatch } from "@/ui/SessionWatch";
import { Skip } from "@/ui/Skip";
import { useSettings } from "@/ui/settings";
import classes from "./Partner.module.css";
import { useFresh } from "./useFresh";

const StepUp = lazy(() => import("@/ui/StepUp"));
const loadOver = () => import("@/ui/Over");
const SharedWithMe = lazy(() => import("./SharedWithMe"));
const Account = lazy(() =>
  Promise.all([import("@/pages/account/Account"), officeWords()]).then(([module]) => module),
);

/** The pages there are for them, by the route's address; all others are not found. */
const PAGES: Record<string, ComponentType> = {
  "/": SharedWithMe,
  "/shared": SharedWithMe,
  "/activities": lazy(() => import("./Tasks")),
  [REGISTRATIONS]: lazy(() => import("./Registrations")),
  "/notifications": lazy(() => import("@/pages/notices/Notices")),
  "/account": Account,
  "/$plural/$id": lazy(() => import("./PartnerRecord")),
};

export default function PartnerShell() {
  const { t } = useTranslation("partner");
  const me = useMe();
  const asked = useAsked();
  const route: string = useRouterState({ select: (s) => s.matches.at(-1)?.fullPath ?? "" });
  const here = useRouterState({ select: (s) => s.location.pathname });
  useSettings();
  useFresh();
  useEffect(askInPlace, []);
  const Over = usePart(loadOver);
  const Page = PAGES[route] ?? NotFound;
  return (
    <div className={classes.shell}>
      <Skip />
      <header className={classes.header}>
        <Link to="/" className={classes.brand}>
          <img src="/key.svg" alt="" width={26} height={26} />
          <span className={classes.house}>{me.organisation || "Klucznik"}</span>
        </Link>
        <span className={classes.for}>{t("for", { name: me.partner?.name })}</span>
        <div className={classes.tools}>
          <NoticeBell />
          <ProfileMenu />
        </div>
      </header>
      <Nav here={here} />
      <Ends />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Suspense fallback={<PagePending />}>
          <Page key={here} />
        </Suspense>
      </main>
      <SessionWatch />
      <Suspense>
        {Over && <Over />}
        {asked && <StepUp asked={asked} />}
      </Suspense>
    </div>
  );
}

function Nav({ here }: { here: string }) {
  const { t } = useTranslation("partner");
  const me = useMe();
  const items = [
    { to: "/", label: t("title"), icon: IconShare, current: here === "/" || here === "/shared" },
    ...(reaches(me, "read", "activity")
      ? [{ to: "/activities", label: t("tasks"), icon: IconChecklist, current: here === "/activities" }]
      : []),
    ...(me.partner?.registers || me.partner?.registered
      ? [
          {
            to: REGISTRATIONS,
            label: t("registered.title"),
            icon: IconFlag,
            current: here === REGISTRATIONS,
          },
        ]
      : []),
  ];
  return (
    <nav aria-label={t("common:nav.label")} className={classes.nav}>
      <ul>
        {items.map(({ to, label, icon: Icon, current }) => (
          <li key={to}>
            <Link to={to} className={classes.link} aria-current={current ? "page" : undefined}>
              <Icon size={18} stroke={1.6} aria-hidden />
              <span>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const SOON_MS = 7 * 24 * 3_600_000;

/** When the first and the last of what is shared ends: said on every page. */
function Ends() {
  const { t } = useTranslation("partner");
  const { partner } = useMe();
  const [first, last] = [partner?.ends_next, partner?.access_until];
  if (!first || !last) return null;
  const soon = Date.parse(first) - serverNow() <= SOON_MS;
  const values = { at: dateTime(first), when: relativeDay(first), last: dateTime(last) };
  return (
    <div className={classes.ends} role="status" data-soon={soon || undefined}>
      <IconClock size={18} aria-hidden />
      <span>{first === last ? t("ends", values) : t("endsFirst", values)}</span>
    </div>
  );
}
