// A masked value. It is revealed for a reason, stays in this component only, and is masked again by itself.
import { ActionIcon, Button, Group, Modal, Stack, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconEye, IconEyeOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Field, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { REASON_MIN } from "@/lib/reason";
import { failed } from "@/lib/undo";
import { FieldValue } from "./FieldValue";
import classes from "./MaskedField.module.css";
import { MaskedText } from "./MaskedText";
import { ReasonField } from "./ReasonField";
import { useReturnFocus } from "./returnFocus";
import { Failed } from "./States";

const SHOWN_S = 30;

interface Props {
  field: Field;
  display: string;
  plural: string;
  id: string;
  mayReveal: boolean;
}

export function MaskedField({ field, display, plural, id, mayReveal }: Props) {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<{ value: Value; until: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const returning = useRef(false);
  useEffect(() => {
    if (shown || !returning.current) return;
    returning.current = false;
    button.current?.focus({ preventScroll: true });
  }, [shown]);
  const label = inWords(field.label);
  if (shown) {
    const end = (focused: boolean) => {
      returning.current = focused;
      setShown(null);
    };
    return <Shown {...{ field, label }} value={shown.value} until={shown.until} onEnd={end} />;
  }
  return (
    <span className={classes.line}>
      <MaskedText display={display} />
      {mayReveal && (
        <Button
          ref={button}
          size="compact-xs"
          variant="default"
          leftSection={<IconEye size={14} aria-hidden />}
          aria-label={t("reveal.button", { name: label })}
          onClick={() => setAsking(true)}
        >
          {t("reveal.show")}
        </Button>
      )}
      {asking && (
        <AskReason
          label={label}
          onClose={() => setAsking(false)}
          ask={async (reason) => {
            const body = { field: field.name, reason };
            const answer = await request<{ value: Value }>("POST", `/${plural}/${id}/reveal`, { body });
            setShown({ value: answer.value, until: Date.now() + SHOWN_S * 1000 });
            void client.invalidateQueries({ queryKey: ["events", plural, id] });
          }}
        />
      )}
    </span>
  );
}

interface ShownProps {
  field: Field;
  label: string;
  value: Value;
  until: number;
  /** Told whether the focus was on what goes. */
  onEnd: (focused: boolean) => void;
}

/** The value in clear with the time left; leaving the tab ends it too. */
function Shown({ field, label, value, until, onEnd }: ShownProps) {
  const { t } = useTranslation("record");
  const [left, setLeft] = useState(SHOWN_S);
  const [copied, setCopied] = useState(false);
  const line = useRef<HTMLSpanElement>(null);
  const end = useRef(() => {});
  end.current = () => onEnd(line.current?.contains(document.activeElement) ?? false);
  const hide = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that asked is gone: the focus goes on to the one that ends it.
    const timer = window.setTimeout(() => hide.current?.focus({ preventScroll: true }), 50);
    return () => window.clearTimeout(timer);
  }, []);
  useEffect(() => {
    const tick = () => {
      const now = Math.ceil((until - Date.now()) / 1000);
      if (now <= 0) end.current();
      else setLeft(now);
    };
    const leave = () => document.hidden && end.current();
    const timer = window.setInterval(tick, 250);
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", leave);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", leave);
    };
  }, [until]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(String(value));
      setCopied(true);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <span ref={line} className={classes.line}>
      <span className={classes.clear}>
        <FieldValue field={field} value={value} plain />
      </span>
      <span className={classes.left} aria-hidden>
        {t("reveal.left", { count: left })}
      </span>
      <span className="visually-hidden" role="status">
        {t("reveal.told", { name: label, count: SHOWN_S })}
      </span>
      {typeof value === "string" && (
        <Tooltip label={copied ? t("reveal.copied") : t("reveal.copy")}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={copied ? t("reveal.copied") : t("reveal.copy")}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t("reveal.hide")}>
        <ActionIcon
          ref={hide}
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t("reveal.hide")}
          onClick={() => end.current()}
        >
          <IconEyeOff size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

interface AskProps {
  label: string;
  onClose: () => void;
  ask: (reason: string) => Promise<void>;
}

function AskReason({ label, onClose, ask }: AskProps) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const enough = reason.trim().length >= REASON_MIN;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!enough) {
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      await ask(reason.trim());
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const refused = problem instanceof Problem ? problem.issue("reason") : undefined;
  const atField = tried && !enough ? t("reveal.short", { count: REASON_MIN }) : refused;
  return (
    <Modal opened onClose={onClose} title={t("reveal.title", { name: label })} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {t("reveal.text", { count: SHOWN_S })}
          </Text>
          <ReasonField
            ref={field}
            label={t("reveal.reason")}
            description={t("reveal.reasonHelp")}
            data-autofocus
            required
            value={reason}
            error={atField}
            onChange={setReason}
            onKeyDown={(e) => {
              if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) void submit(e);
            }}
          />
          {problem !== null && !refused && <Failed error={problem} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("reveal.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
