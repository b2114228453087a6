import { Button, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { changed } from "@/api/queries";
import type { RecordView } from "@/api/types";
import { done, failed } from "@/lib/undo";
import { useHere } from "../here";
import classes from "./Composer.module.css";

const MAX = 20_000;

/** A note, written where one reads. */
export function Composer() {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const { entity, record, drafts } = useHere();
  const [text, show] = useState(drafts.note.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<string>();
  const setText = (next: string) => {
    drafts.note.text = next;
    show(next);
  };
  const save = async () => {
    const body = text.trim();
    if (!body || busy) return;
    setBusy(true);
    setReason(undefined);
    try {
      const note = await request<RecordView>("POST", "/notes", {
        body: { fields: { body }, parent: { entity: entity.name, id: record.id } },
        idempotencyKey: drafts.note.key,
      });
      drafts.note.key = crypto.randomUUID();
      setText("");
      // The button goes with the text.
      window.setTimeout(() => document.activeElement === document.body && area.current?.focus(), 20);
      changed(client, "notes");
      done(t("note.added"), async () => {
        await request("DELETE", `/notes/${note.id}`, { version: note.version });
        changed(client, "notes", note.id);
      });
    } catch (error) {
      const atField = error instanceof Problem ? error.issue("body") : undefined;
      setReason(atField);
      if (!atField) failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.composer}>
      <Textarea
        ref={area}
        aria-label={t("note.label")}
        placeholder={t("note.placeholder")}
        autosize
        minRows={1}
        maxRows={12}
        maxLength={MAX}
        readOnly={busy}
        value={text}
        error={reason}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
          e.preventDefault();
          void save();
        }}
      />
      {text.trim() !== "" && (
        <div className={classes.foot}>
          <span>{t("note.keys")}</span>
          <Button size="compact-md" variant="light" loading={busy} onClick={() => void save()}>
            {t("note.save")}
          </Button>
        </div>
      )}
    </div>
  );
}
