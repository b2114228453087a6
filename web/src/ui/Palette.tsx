// Search over everything and all commands, by keyboard: one field, one list, arrows and Enter.
import { CloseButton, Kbd, Loader, Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { releaseLetters } from "@/lib/early";
import { reaches, useEntities, useMe } from "@/lib/entities";
import { useShortcuts } from "@/lib/keys";
import { closeOverlay } from "@/lib/overlay";
import classes from "./Palette.module.css";
import { type Option, useCommands } from "./PaletteCommands";
import { matches, wish } from "./PaletteMatch";
import { useFound } from "./PaletteSearch";
import { useReturnFocus } from "./returnFocus";
import { Failed } from "./States";

/** Commands shown below records. */
const BESIDE = 4;

function useOptions(typed: string, records: boolean) {
  const now = wish(typed, records);
  const [words] = useDebouncedValue(now.kind === "records" ? now.words : "", 120);
  const found = useFound(words, now.kind === "records" && words !== "");
  const commands = useCommands();
  const fitting = commands.filter((c) => matches(`${c.group} ${c.label}`, now.words));
  if (now.kind === "commands") return { options: fitting, now, settled: true, found };
  const beside = commands.filter((c) => matches(c.label, now.words)).slice(0, BESIDE);
  const settled = now.kind === "wait" || (words === now.words && !found.stale);
  return { options: [...found.options, ...beside], now, settled, found };
}

interface Keys {
  typed: string;
  options: Option[];
  active: Option | undefined;
  settled: boolean;
  at: number;
  setAt: (at: number) => void;
}

/** Arrows choose, Enter runs, with Ctrl in a new tab. */
export function useKeys({ typed, options, active, settled, at, setAt }: Keys) {
  const [entered, setEntered] = useState<string | null>(null);
  const [first] = options;
  // Enter pressed before the answer came opens the first record of what comes: never a command instead, and not
  // once other words are typed.
  useEffect(() => {
    if (entered === null || !settled) return;
    setEntered(null);
    if (entered === typed && first?.id.startsWith("record ")) first.run();
  }, [entered, settled, typed, first]);
  return (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setAt((options.length + Math.min(at, options.length - 1) + step) % options.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const apart = event.ctrlKey || event.metaKey;
      if (!settled) setEntered(typed);
      else if (apart && active?.path) window.open(active.path, "_blank", "noopener");
      else active?.run();
    }
  };
}

export default function Palette() {
  const { t } = useTranslation("palette");
  const list = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const me = useMe();
  // Whoever reads no records, as an administrator, finds commands only.
  const records = useEntities().some((entity) => reaches(me, "read", entity.name));
  const { options, now, settled, found } = useOptions(typed, records);
  const active = options[Math.min(at, options.length - 1)];
  const idOf = (option: Option) => `${list} ${option.id}`.replace(/[^\w-]+/g, "-");
  useReturnFocus();
  useShortcuts([{ keys: "mod+k", label: "", run: closeOverlay, inFields: true }]);

  const onKey = useKeys({ typed, options, active, settled, at, setAt });
  const status =
    now.kind === "records" && settled && !found.error
      ? t("found", { count: found.count })
      : now.kind === "commands"
        ? t("commands", { count: options.length })
        : "";
  return (
    <Modal
      opened
      onClose={closeOverlay}
      withCloseButton={false}
      padding={0}
      size={640}
      yOffset="9vh"
      attributes={{ content: { "aria-label": t("title") } }}
      classNames={{ body: classes.body, content: classes.content }}
    >
      <div className={classes.field}>
        {settled ? <IconSearch size={18} aria-hidden /> : <Loader size={18} aria-hidden />}
        <input
          onFocus={() => {
            const letters = releaseLetters();
            if (letters) setTyped((old) => old + letters);
          }}
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-label={t("title")}
          aria-expanded={options.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active ? idOf(active) : undefined}
          placeholder={records ? t("placeholder") : t("placeholderCommands")}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <CloseButton size="md" onClick={closeOverlay} />
      </div>
      <div className="visually-hidden" role="status">
        {status}
      </div>
      <Listbox id={list} options={options} active={active} idOf={idOf} onPoint={setAt} />
      <div>
        {Boolean(found.error) && (
          <div className={classes.note}>
            <Failed error={found.error} retry={found.retry} />
          </div>
        )}
        {now.kind === "wait" && <p className={classes.note}>{t("more")}</p>}
        {options.length === 0 && settled && !found.error && now.kind !== "wait" && (
          <p className={classes.note}>{now.kind === "records" ? t("nothing") : t("noCommand")}</p>
        )}
      </div>
      <Hints />
    </Modal>
  );
}

interface ListProps {
  id: string;
  options: Option[];
  active: Option | undefined;
  idOf: (option: Option) => string;
  onPoint: (index: number) => void;
}

function Listbox({ id, options, active, idOf, onPoint }: ListProps) {
  const { t } = useTranslation("palette");
  const groups = useMemo(() => [...new Set(options.map((o) => o.group))], [options]);
  const activeId = active && idOf(active);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <div id={id} role="listbox" aria-label={t("results")} className={classes.results}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox, no set of form fields
        <div key={group} role="group" aria-label={group} className={classes.group}>
          <div className={classes.heading} aria-hidden>
            {group}
          </div>
          {options.map((option, index) =>
            option.group === group ? (
              <OptionRow
                key={option.id}
                id={idOf(option)}
                option={option}
                selected={option === active}
                onPoint={() => onPoint(index)}
              />
            ) : null,
          )}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  id: string;
  option: Option;
  selected: boolean;
  onPoint: () => void;
}

/** The field keeps the focus: keys arrive there, the row only answers to the pointer. */
function OptionRow({ id, option, selected, onPoint }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field that owns the list
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={classes.option}
      onMouseMove={selected ? undefined : onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        if ((event.ctrlKey || event.metaKey) && option.path) window.open(option.path, "_blank", "noopener");
        else option.run();
      }}
    >
      <option.icon size={16} stroke={1.6} />
      <span className={classes.label}>{option.label}</span>
      {option.sub && <span className={classes.sub}>{option.sub}</span>}
      {option.keys && (
        <span className={classes.keys} aria-hidden>
          {option.keys.split(" ").map((key) => (
            <Kbd key={key} size="xs">
              {key}
            </Kbd>
          ))}
        </span>
      )}
    </div>
  );
}

function Hints() {
  const { t } = useTranslation("palette");
  return (
    <div className={classes.hints}>
      <span>
        <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t("hint.move")}
      </span>
      <span>
        <Kbd size="xs">Enter</Kbd> {t("hint.open")}
      </span>
      <span>
        <Kbd size="xs">Ctrl Enter</Kbd> {t("hint.tab")}
      </span>
      <span>
        <Kbd size="xs">&gt;</Kbd> {t("hint.commands")}
      </span>
      <span>
        <Kbd size="xs">Esc</Kbd> {t("hint.close")}
      </span>
    </div>
  );
}
