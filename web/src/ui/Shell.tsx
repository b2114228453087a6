import { ActionIcon, Button, Kbd, Menu, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { modals } from "@mantine/modals";
import {
  IconBuilding,
  IconCalendarCheck,
  IconChecklist,
  IconFileImport,
  IconHistory,
  IconHome,
  IconLayoutKanban,
  IconMenu2,
  IconNote,
  IconPlus,
  IconSearch,
  IconSettings,
  IconShare,
  IconShieldExclamation,
  IconTargetArrow,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { inWords } from "@/i18n";
import { findEntity, mayAt, mayManage, reaches, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { useShortcuts } from "@/lib/keys";
import { usePart, useSoon } from "@/lib/later";
import { closeOverlay, openNav, openPalette, openQuickAdd, openShortcuts, useOverlay } from "@/lib/overlay";
import { askInPlace, useAsked } from "@/lib/stepUp";
import { followStream, openStream, useStream } from "@/lib/stream";
import { undoLast } from "@/lib/undo";
import { bringBack, keepTyped } from "@/lib/waiting";
import { HoursNotice } from "./HoursNotice";
import { JobTray } from "./JobTray";
import { NoticeBell } from "./NoticeBell";
import { ProfileMenu } from "./ProfileMenu";
import { SessionWatch } from "./SessionWatch";
import classes from "./Shell.module.css";
import { Skip } from "./Skip";
import { useSettings } from "./settings";

const loadPalette = () => import("./Palette");
const loadQuickAdd = () => import("./QuickAdd");
const Palette = lazy(loadPalette);
const QuickAdd = lazy(loadQuickAdd);
const ShortcutHelp = lazy(() => import("./ShortcutHelp"));
const StepUp = lazy(() => import("./StepUp"));
const loadOver = () => import("./Over");
const loadNav = () => import("./NavDrawer");
const NavDrawer = lazy(loadNav);
const SOON = [loadPalette, loadQuickAdd, loadNav];

interface Item {
  to: string;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
}

const ICONS: Record<string, Item["icon"]> = {
  companies: IconBuilding,
  people: IconUsers,
  leads: IconTargetArrow,
  deals: IconLayoutKanban,
  activities: IconCalendarCheck,
  notes: IconNote,
};
const ORDER = ["companies", "people", "leads", "deals", "activities", "notes"];

/** What the user may go to. Hiding is a courtesy; the server decides. */
export function useItems(): { main: Item[]; more: Item[] } {
  const { t } = useTranslation();
  const me = useMe();
  const entities = useEntities();
  const records = ORDER.flatMap((plural) => {
    const entity = findEntity(entities, plural);
    if (!entity || !reaches(me, "read", entity.name)) return [];
    return [{ to: `/${plural}`, label: inWords(entity.label_plural), icon: ICONS[plural] ?? IconChecklist }];
  });
  const main: Item[] = [{ to: "/", label: t("nav.home"), icon: IconHome }, ...records];
  // Also for who has only received something, and for who may yet give something.
  if (Object.keys(me.granted).length > 0 || entities.some((e) => mayAt(me, "share", e.name)))
    main.push({ to: "/shared", label: t("nav.shared"), icon: IconShare });
  const more: Item[] = [];
  if (entities.some((e) => mayAt(me, "import", e.name)))
    more.push({ to: "/import", label: t("nav.import"), icon: IconFileImport });
  if (entities.some((e) => mayAt(me, "read", e.name)))
    more.push({ to: "/bin", label: t("nav.bin"), icon: IconTrash });
  if (mayManage(me, "ledger")) more.push({ to: "/ledger", label: t("nav.ledger"), icon: IconHistory });
  const cards = ["users", "teams", "roles", "fields", "system", "keys", "ledger"] as const;
  if (cards.some((thing) => mayManage(me, thing)))
    more.push({ to: "/admin", label: t("nav.admin"), icon: IconSettings });
  return { main, more };
}

export function Nav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { main, more } = useItems();
  const here = useRouterState({ select: (s) => s.location.pathname });
  const link = (item: Item) => {
    const current = item.to === "/" ? here === "/" : here === item.to || here.startsWith(`${item.to}/`);
    return (
      <li key={item.to}>
        <Link
          to={item.to}
          className={classes.link}
          aria-current={current ? "page" : undefined}
          onClick={onGo}
          preload="intent"
        >
          <item.icon size={18} stroke={1.6} />
          <span>{item.label}</span>
        </Link>
      </li>
    );
  };
  return (
    <nav aria-label={t("nav.label")} className={classes.nav}>
      <ul>{main.map(link)}</ul>
      {more.length > 0 && <ul className={classes.more}>{more.map(link)}</ul>}
    </nav>
  );
}

function useGlobalShortcuts() {
  const { t } = useTranslation();
  const entities = useEntities();
  const go = useNavigate();
  const group = t("keys.everywhere");
  const to = (keys: string, path: string, label: string) => ({
    keys,
    label,
    group,
    run: () => void go({ to: path }),
  });
  useShortcuts([
    { keys: "mod+k", label: t("keys.palette"), run: openPalette, inFields: true, group },
    { keys: "/", label: t("keys.search"), run: openPalette, group },
    { keys: "?", label: t("keys.help"), run: openShortcuts, group },
    {
      keys: "n",
      label: t("keys.add"),
      // On a list of companies one adds a company.
      run: () => openQuickAdd({ entity: findEntity(entities, location.pathname.split("/")[1] ?? "")?.name }),
      group,
    },
    { keys: "mod+z", label: t("keys.undo"), run: () => void undoLast(), group },
    to("g h", "/", t("keys.home")),
    to("g c", "/people", t("keys.people")),
    to("g f", "/companies", t("keys.companies")),
    to("g l", "/leads", t("keys.leads")),
    to("g p", "/deals", t("keys.deals")),
    to("g a", "/activities", t("keys.activities")),
  ]);
}

/** What the frame itself is drawn from: asked again, but kept meanwhile. */
const needed = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  ["me", "entities", "preferences"].includes(String(queryKey[0]));

/** Follows the server's own messages as long as somebody is signed in. */
function useLive() {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => openStream(), []);
  useEffect(() => followStream(client), [client]);
  // Other rights: nothing that was read under the old ones stays. What can be taken back stays, as who changes teams
  // or roles changes rights by it: the server decides anew.
  const renew = () => {
    modals.closeAll();
    void client.invalidateQueries({ predicate: needed });
    // A query that is only removed is still drawn by who shows it; one that is reset is not.
    void client.resetQueries({ predicate: (query) => !needed(query) });
  };
  useStream("rights", renew);
  // The rights may have changed while nothing was heard.
  const { policy_version: known, user } = useMe();
  useStream("hello", ({ policy_version }) => {
    if (policy_version !== known) renew();
  });
  useStream("lost", () => {
    for (const key of ["jobs", "notices", "imports", "record"])
      void client.invalidateQueries({ queryKey: [key] });
  });
  useStream("session-ended", () => void client.invalidateQueries({ queryKey: ["me"] }));
  // Who is served nothing any more, as outside working hours, is not left with what was read before.
  useStream("refused", async () => {
    const refused = await request("GET", "/me").then(
      () => false,
      (error) => error instanceof Problem && error.status === 403,
    );
    if (!refused) return;
    keepTyped(user.id);
    modals.closeAll();
    client.clear();
    void router.invalidate();
  });
}

/** Until when a factor is to be added, as long as there is none. */
function Due() {
  const { t } = useTranslation();
  const { factors } = useMe();
  if (!factors.due) return null;
  return (
    <div className={classes.due} role="status">
      <IconShieldExclamation size={18} aria-hidden />
      <div>
        <span>{t("factors:due.text", { date: dateTime(factors.due) })}</span>{" "}
        <Link to={"/account" as string} search={{ tab: "security" } as never}>
          {t("factors:due.link")}
        </Link>
      </div>
    </div>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const entities = useEntities();
  const overlay = useOverlay();
  const asked = useAsked();
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const here = useRouterState({ select: (s) => s.location.pathname });
  const addable = entities.filter((e) => reaches(me, "create", e.name));
  useSettings();
  useGlobalShortcuts();
  useLive();
  useEffect(askInPlace, []);
  useSoon(SOON);
  const Over = usePart(loadOver);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going elsewhere closes what lies over the page
  useEffect(() => closeOverlay(), [here]);
  const { id } = me.user;
  useEffect(() => bringBack(id), [id]);

  return (
    <div className={classes.shell}>
      <Skip />
      <header className={classes.header}>
        {phone && (
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("nav.open")} onClick={openNav}>
            <IconMenu2 size={20} />
          </ActionIcon>
        )}
        <Link to="/" className={classes.brand}>
          <img src="/key.svg" alt="" width={26} height={26} />
          <span>{phone ? "" : me.organisation || "Klucznik"}</span>
          {phone && <span className="visually-hidden">Klucznik</span>}
        </Link>
        <UnstyledButton className={classes.search} onClick={openPalette} aria-label={t("searchAnything")}>
          <IconSearch size={16} aria-hidden />
          <span className={classes.searchText}>{t(phone ? "keys.search" : "searchAnything")}</span>
          <Kbd size="xs" className={classes.kbd}>
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <div className={classes.tools}>
          {addable.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                {phone ? (
                  <ActionIcon size="lg" aria-label={t("add")}>
                    <IconPlus size={18} />
                  </ActionIcon>
                ) : (
                  <Button leftSection={<IconPlus size={16} aria-hidden />}>{t("add")}</Button>
                )}
              </Menu.Target>
              <Menu.Dropdown>
                {addable.map((entity) => (
                  <Menu.Item key={entity.name} onClick={() => openQuickAdd({ entity: entity.name })}>
                    {inWords(entity.label)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          <JobTray />
          <NoticeBell />
          <ProfileMenu />
        </div>
      </header>
      <div className={classes.notes}>
        <Due />
        <HoursNotice />
      </div>
      {!phone && (
        <aside className={classes.side}>
          <Nav />
        </aside>
      )}
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <SessionWatch />
      <Suspense>
        {overlay.palette && <Palette />}
        {overlay.quickAdd && <QuickAdd args={overlay.quickAdd} />}
        {overlay.shortcuts && <ShortcutHelp />}
        {overlay.nav && <NavDrawer />}
        {Over && <Over />}
        {asked && <StepUp asked={asked} />}
      </Suspense>
    </div>
  );
}
