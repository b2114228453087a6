import { Alert } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Loaded } from "@/api/loadAll";
import type { Row, Total } from "@/api/types";
import { reaches, titleOf, useEntity, useMe, useNames, usePreferences } from "@/lib/entities";
import { listPath } from "@/lib/paths";
import { SearchBox } from "@/pages/list/SearchBox";
import { Board, BoardCard, BoardColumn, BoardGoal } from "@/ui/board";
import { Empty, Ready } from "@/ui/States";
import { DealCard } from "./DealCard";
import classes from "./Deals.module.css";
import { asksWhy, IDLE_DAYS, type Stage, type Sums, stagesOf, sumOfRows, sumOfTotals, sumText } from "./deal";
import { StageDialog } from "./StageDialog";
import { useBoardDeals, useMoveDeal } from "./useBoardDeals";
import { Whose } from "./Whose";
import { whoseFilter } from "./whose";

interface Props {
  who: string;
  onWho: (who: string) => void;
  words: string;
  onWords: (words: string) => void;
}

export function BoardView({ who, onWho, words, onWords }: Props) {
  const { t } = useTranslation("deals");
  const entity = useEntity("deal");
  const me = useMe();
  const filters = useMemo(() => whoseFilter(who, me), [who, me]);
  const searched = words.trim() !== "";
  const { key, deals, valued, totals } = useBoardDeals(entity, { filters, words: words.trim() });
  const data = deals.data;
  return (
    <>
      <div className={classes.bar}>
        <Whose entity="deal" value={who} onChange={onWho} />
        <SearchBox value={words} label={t("search")} placeholder={t("search")} onChange={onWords} />
        <span className={classes.summary} role="status" aria-live="polite">
          {data && t("shown", { count: data.items.length })}
          {data && valued && !data.more && data.items.length > 0 && ` · ${sumText(sumOfRows(data.items))}`}
        </span>
      </div>
      <Ready query={deals} rows={8}>
        {(loaded) => (
          <>
            {loaded.more && (
              <Alert color="yellow" variant="light">
                {t("tooMany", { count: loaded.items.length })}
              </Alert>
            )}
            {loaded.items.length === 0 && searched ? (
              <Empty title={t("nothingFor")}>{t("nothingForHint")}</Empty>
            ) : (
              <Columns
                queryKey={key}
                loaded={loaded}
                totals={totals}
                valued={valued}
                searched={searched}
                filters={filters}
              />
            )}
          </>
        )}
      </Ready>
    </>
  );
}

interface ColumnsProps {
  queryKey: readonly unknown[];
  loaded: Loaded;
  totals?: Total[];
  valued: boolean;
  searched: boolean;
  filters: string[];
}

/** The rows by stage, in their order. */
function byStage(rows: Row[]): Map<string, Row[]> {
  const columns = new Map<string, Row[]>();
  for (const row of rows) {
    const stage = String(row.fields.stage);
    const column = columns.get(stage);
    if (column) column.push(row);
    else columns.set(stage, [row]);
  }
  return columns;
}

function Columns({ queryKey, loaded, totals, valued, searched, filters }: ColumnsProps) {
  const { t, i18n } = useTranslation("deals");
  const entity = useEntity("deal");
  const me = useMe();
  const nameOf = useNames();
  const idleDays = usePreferences().idle_days ?? IDLE_DAYS;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language rules the names of stages
  const stages = useMemo(() => stagesOf(entity), [entity, i18n.language]);
  const [said, say] = useState("");
  const [losing, setLosing] = useState<{ deal: Row; stage: Stage } | null>(null);
  const move = useMoveDeal(entity, queryKey, say);
  const rows = useMemo(() => new Map(loaded.items.map((row) => [row.id, row])), [loaded.items]);
  const columns = useMemo(() => byStage(loaded.items), [loaded.items]);
  const title = useCallback(
    (id: string) => {
      const row = rows.get(id);
      return (row && titleOf(entity, row.fields)) || t("untitled");
    },
    [rows, entity, t],
  );
  const writable = loaded.access.writable;
  const canMove = reaches(me, "update", "deal") && writable.includes("stage");
  const moveTo = (id: string, target: string) => {
    const deal = rows.get(id);
    const stage = stages.find((s) => s.id === target);
    if (!deal || !stage) return;
    if (asksWhy(stage, writable)) setLosing({ deal, stage });
    else void move({ deal, stage, title: title(id) });
  };
  const order = useCallback(
    (deal: Row) => (columns.get(String(deal.fields.stage)) ?? []).map((row) => row.id),
    [columns],
  );
  const card = (id: string) => {
    const deal = rows.get(id);
    if (!deal) return null;
    return (
      <DealCard
        deal={deal}
        title={title(id)}
        refs={loaded.refs}
        owner={nameOf(deal.owner)}
        idleDays={idleDays}
        order={order}
      />
    );
  };
  const sumsOf = (stage: string): { count: number; sums: Sums } => {
    const here = columns.get(stage) ?? [];
    if (!loaded.more || searched || !totals) return { count: here.length, sums: sumOfRows(here) };
    return sumOfTotals(totals.filter((total) => total.group === stage));
  };
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="assertive">
        {said}
      </div>
      <Board
        targets={stages}
        titleOf={title}
        columnOf={(id) => rows.get(id) && String(rows.get(id)?.fields.stage)}
        canMove={canMove}
        onMove={moveTo}
        carried={card}
      >
        {stages
          .filter((stage) => !stage.outcome)
          .map((stage) => (
            <BoardColumn
              key={stage.id}
              id={stage.id}
              title={stage.title}
              head={<ColumnHead {...sumsOf(stage.id)} valued={valued} />}
              items={(columns.get(stage.id) ?? []).map((row) => row.id)}
              empty={t("emptyColumn")}
              card={(id) => (
                <BoardCard id={id} title={title(id)} column={stage.id}>
                  {card(id)}
                </BoardCard>
              )}
            />
          ))}
        <div className={classes.goals}>
          {stages
            .filter((stage) => stage.outcome)
            .map((stage) => (
              <BoardGoal key={stage.id} id={stage.id} title={stage.title}>
                {totals && <Closed stage={stage} totals={totals} filters={filters} />}
              </BoardGoal>
            ))}
        </div>
      </Board>
      {losing && (
        <StageDialog
          title={title(losing.deal.id)}
          stage={losing.deal.fields.stage}
          to={losing.stage}
          reason={losing.deal.fields.lost_reason}
          writable={writable}
          onClose={() => setLosing(null)}
          onMove={(_, lostReason) => {
            setLosing(null);
            void move({ ...losing, title: title(losing.deal.id), lostReason });
          }}
        />
      )}
    </>
  );
}

interface HeadProps {
  count: number;
  sums: Sums;
  valued: boolean;
}

function ColumnHead({ count, sums, valued }: HeadProps) {
  const { t } = useTranslation("deals");
  return (
    <p className={classes.head}>
      <span>{t("count", { count })}</span>
      {valued && <span>{sumText(sums)}</span>}
    </p>
  );
}

/** Closed deals are counted, and listed by the table. */
function Closed({ stage, totals, filters }: { stage: Stage; totals: Total[]; filters: string[] }) {
  const { t } = useTranslation("deals");
  const entity = useEntity("deal");
  const { count, sums } = sumOfTotals(totals.filter((total) => total.group === stage.id));
  return (
    <>
      <p className={classes.head}>
        <span>{t("count", { count })}</span>
        <span>{sumText(sums)}</span>
      </p>
      <Link
        to={listPath(entity.plural)}
        search={{ v: "table", f: [`stage:in:${stage.id}`, ...filters] } as never}
        className={classes.goalLink}
      >
        {t("showClosed")}
      </Link>
    </>
  );
}
