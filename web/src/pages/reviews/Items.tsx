// Rights to decide on. J and K go from one to the next, X ticks, C confirms, W takes away: what is ticked, else where
// one is.
import { Button, Checkbox } from "@mantine/core";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessReview, AccessReviewItem } from "@/api/types";
import { useShortcuts } from "@/lib/keys";
import { done, failed } from "@/lib/undo";
import { More } from "@/pages/record/tabs/More";
import bar from "@/ui/BulkBar.module.css";
import framed from "@/ui/Framed.module.css";
import { passFocus } from "@/ui/passFocus";
import { ReviewItem } from "./Item";
import { AT_ONCE, useReviewActs } from "./queries";
import classes from "./Reviews.module.css";
import { Withdraw } from "./Withdraw";

interface Props {
  review: AccessReview;
  items: AccessReviewItem[];
  /** Whether anything is known of what is used. */
  known: boolean;
  query: Parameters<typeof More>[0]["query"];
}

/** Confirmed ones can still be confirmed anew or taken away. */
const isOpen = ({ state }: AccessReviewItem) => state === "open" || state === "confirmed";

export function ReviewItems({ review, items, known, query }: Props) {
  const { t } = useTranslation("reviews");
  const list = useRef<HTMLUListElement>(null);
  const { confirm } = useReviewActs(review.id);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [taking, setTaking] = useState<AccessReviewItem[]>([]);
  const [busy, setBusy] = useState(false);
  const place = useRef(0);
  const may = review.state === "open";
  const open = may ? items.filter(isOpen) : [];
  // What was decided on meanwhile is ticked no more.
  const ticked = open.filter(({ item }) => chosen.has(item));
  const tick = ({ item }: AccessReviewItem) => {
    const next = new Set(ticked.map((one) => one.item));
    if (!next.delete(item) && next.size < AT_ONCE) next.add(item);
    setChosen(next);
  };
  const confirmAll = async (those: AccessReviewItem[], from: HTMLElement | null) => {
    if (busy || those.length === 0) return;
    setBusy(true);
    if (from) passFocus(from);
    try {
      await confirm(those.map(({ item }) => item));
      done(t("confirmed", { count: those.length }));
      setChosen(new Set());
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  const withdraw = (those: AccessReviewItem[]) => {
    place.current = Math.max(0, rowsOf(list).findIndex(hasFocus));
    setTaking(those);
  };
  /** What had the focus is gone with what was taken away: it goes on to what stands there now. */
  const taken = () => {
    setChosen(new Set());
    window.setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const rows = rowsOf(list);
      (rows[Math.min(place.current, rows.length - 1)] ?? document.querySelector("h1"))?.focus();
    }, CLOSED_MS);
  };
  const acts = { tick, confirm: confirmAll, withdraw };
  useItemKeys(list, open, ticked, acts);
  const some = ticked.length > 0;
  return (
    <>
      {may && open.length > 0 && (
        <div className={`${bar.bar} ${classes.bar}`} role="toolbar" aria-label={t("many.label")}>
          <Checkbox
            label={t("many.all", { count: Math.min(open.length, AT_ONCE) })}
            checked={some && ticked.length === Math.min(open.length, AT_ONCE)}
            indeterminate={some && ticked.length < Math.min(open.length, AT_ONCE)}
            onChange={(e) =>
              setChosen(
                new Set(e.currentTarget.checked ? open.slice(0, AT_ONCE).map(({ item }) => item) : []),
              )
            }
          />
          <Button
            size="compact-sm"
            disabled={!some}
            loading={busy}
            onClick={(e) => void confirmAll(ticked, e.currentTarget)}
          >
            {t("many.confirm", { count: ticked.length })}
          </Button>
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            disabled={!some}
            onClick={() => withdraw(ticked)}
          >
            {t("many.withdraw", { count: ticked.length })}
          </Button>
        </div>
      )}
      <ul ref={list} className={framed.list} aria-label={t("items")}>
        {items.map((item) => (
          <ReviewItem
            key={item.item}
            item={item}
            known={known}
            may={may && isOpen(item)}
            chosen={chosen.has(item.item)}
            busy={busy}
            acts={acts}
          />
        ))}
      </ul>
      <More label={t("more")} query={query} />
      {taking.length > 0 && (
        <Withdraw review={review} items={taking} onDone={taken} onClose={() => setTaking([])} />
      )}
    </>
  );
}

/** Until a dialog has gone. */
const CLOSED_MS = 250;

const rowsOf = (list: RefObject<HTMLUListElement | null>): HTMLElement[] =>
  [...(list.current?.children ?? [])].filter((row) => row instanceof HTMLElement);

const hasFocus = (row: HTMLElement): boolean => row.contains(document.activeElement);

export interface ItemActs {
  tick: (item: AccessReviewItem) => void;
  confirm: (items: AccessReviewItem[], from: HTMLElement | null) => void;
  withdraw: (items: AccessReviewItem[]) => void;
}

function useItemKeys(
  list: RefObject<HTMLUListElement | null>,
  open: AccessReviewItem[],
  ticked: AccessReviewItem[],
  acts: ItemActs,
): void {
  const { t } = useTranslation("reviews");
  const row = () => rowsOf(list).find(hasFocus);
  const here = () => open.find(({ item }) => String(item) === row()?.dataset.item);
  const move = (by: number) => {
    const all = rowsOf(list);
    const at = all.findIndex(hasFocus);
    const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  const those = () => {
    const one = here();
    return ticked.length > 0 ? ticked : one ? [one] : [];
  };
  const group = t("items");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => move(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => move(-1) },
    {
      keys: "x",
      label: t("keys.tick"),
      group,
      run: () => {
        const one = here();
        if (one) acts.tick(one);
      },
    },
    { keys: "c", label: t("keys.confirm"), group, run: () => acts.confirm(those(), row() ?? null) },
    { keys: "w", label: t("keys.withdraw"), group, run: () => acts.withdraw(those()) },
  ]);
}
