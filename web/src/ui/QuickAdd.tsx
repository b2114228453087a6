// Adds a record from anywhere: a drawer over the page, by keyboard alone if wanted.
import { Button, Drawer, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, reaches, useEntities, useMe } from "@/lib/entities";
import { useShortcuts } from "@/lib/keys";
import { closeOverlay, openPalette, type QuickAddArgs } from "@/lib/overlay";
import { noteTyping } from "@/lib/waiting";
import classes from "./QuickAdd.module.css";
import { useDraft } from "./QuickAddDraft";
import { QuickAddForm } from "./QuickAddForm";
import { useReturnFocus } from "./returnFocus";
import { NoAccess } from "./States";

interface Question {
  leave: () => void;
  stay: () => void;
}

/** Asks before typed data are left behind, whichever way one leaves. */
function useGuard(typed: boolean) {
  const [question, setQuestion] = useState<Question | null>(null);
  const before = useRef<Element | null>(null);
  const keep = useRef(typed);
  keep.current = typed;
  const ask = (next: Question) => {
    before.current = document.activeElement;
    setQuestion(next);
  };
  const guard = (go: () => void) => {
    if (!keep.current) go();
    else ask({ leave: go, stay: () => {} });
  };
  useBlocker({
    shouldBlockFn: () =>
      keep.current
        ? new Promise<boolean>((resolve) => ask({ leave: () => resolve(false), stay: () => resolve(true) }))
        : false,
    enableBeforeUnload: () => keep.current,
  });
  const answer = (leave: boolean) => {
    setQuestion(null);
    if (leave) keep.current = false;
    (leave ? question?.leave : question?.stay)?.();
    const field = before.current;
    if (!leave) window.setTimeout(() => field instanceof HTMLElement && field.focus(), 20);
  };
  return {
    question: question !== null,
    guard,
    answer,
    release: () => {
      keep.current = false;
    },
  };
}

export default function QuickAdd({ args }: { args: QuickAddArgs }) {
  const { t } = useTranslation("add");
  const me = useMe();
  const addable = useEntities().filter((e) => reaches(me, "create", e.name));
  const [name, setName] = useState(args.entity ?? addable.find((e) => e.name === "person")?.name ?? "");
  const entity = findEntity(addable, name) ?? addable[0];
  const [typed, setTyped] = useState(false);
  const { question, guard, answer, release } = useGuard(typed);
  const close = () => guard(closeOverlay);
  useReturnFocus();
  useShortcuts([{ keys: "mod+k", label: "", run: () => guard(openPalette), inFields: true }]);
  return (
    <Drawer
      opened
      onClose={close}
      closeOnEscape={!question}
      size={480}
      title={entity ? t("title", { entity: inWords(entity.label) }) : t("titleNone")}
      classNames={{ body: classes.body, content: classes.content, header: classes.header }}
    >
      {entity ? (
        <>
          {!args.parent && !args.initial && (
            <EntityChoice
              all={addable}
              value={entity.name}
              focus={!args.entity}
              onChange={(next) => guard(() => setName(next))}
            />
          )}
          <Draft
            key={entity.name}
            focus={entity.name === args.entity}
            {...{ entity, args, setTyped, release, close }}
          />
        </>
      ) : (
        <NoAccess missing={{ action: "create" }} />
      )}
      {question && <LeaveQuestion onAnswer={answer} />}
    </Drawer>
  );
}

/** Made only once it is asked: the key that asks must not answer at once. */
function LeaveQuestion({ onAnswer }: { onAnswer: (leave: boolean) => void }) {
  const { t } = useTranslation("add");
  return (
    <Modal opened onClose={() => onAnswer(false)} title={t("leave.title")} size="sm" centered>
      <Text size="sm" mb="lg">
        {t("leave.text")}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onAnswer(true)}>
          {t("leave.leave")}
        </Button>
        <Button data-autofocus onClick={() => onAnswer(false)}>
          {t("leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}

interface DraftProps {
  entity: Entity;
  args: QuickAddArgs;
  /** The first field gets the focus at once. */
  focus: boolean;
  setTyped: (typed: boolean) => void;
  release: () => void;
  close: () => void;
}

function Draft({ entity, args, focus, setTyped, release, close }: DraftProps) {
  const draft = useDraft(entity, args);
  useEffect(() => setTyped(draft.typed), [draft.typed, setTyped]);
  const { typed, values, owner, parent } = draft;
  useEffect(() => {
    noteTyping(typed ? { entity: entity.name, args, values, owner, parent } : null);
    return () => noteTyping(null);
  }, [entity.name, args, typed, values, owner, parent]);
  return (
    <QuickAddForm
      entity={entity}
      args={args}
      draft={draft}
      focus={focus}
      onCancel={close}
      onSaved={() => {
        release();
        closeOverlay();
      }}
    />
  );
}

interface ChoiceProps {
  all: Entity[];
  value: string;
  focus: boolean;
  onChange: (name: string) => void;
}

/** Native radio buttons: arrows change what is added. */
function EntityChoice({ all, value, focus, onChange }: ChoiceProps) {
  const { t } = useTranslation("add");
  const group = useId();
  return (
    <fieldset className={classes.choice}>
      <legend className="visually-hidden">{t("what")}</legend>
      {all.map((entity) => (
        <label key={entity.name}>
          <input
            type="radio"
            name={group}
            className="visually-hidden"
            data-autofocus={(focus && entity.name === value) || undefined}
            checked={entity.name === value}
            onChange={() => onChange(entity.name)}
          />
          <span>{inWords(entity.label)}</span>
        </label>
      ))}
    </fieldset>
  );
}
