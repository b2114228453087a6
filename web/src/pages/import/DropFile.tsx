import { Button, FileButton } from "@mantine/core";
import { IconFileSpreadsheet, IconUpload } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { bytes } from "@/lib/format";
import classes from "./Import.module.css";

/** What the server takes at most. Larger files go in by the command line. */
const MAX_BYTES = 64 * 1024 * 1024;
const ACCEPT = ".csv,.tsv,.txt,.xlsx,.vcf";

interface Props {
  file: File | null;
  onFile: (file: File | null) => void;
}

/** Chooses a file by button, or takes one that is dropped on it. */
export function DropFile({ file, onFile }: Props) {
  const { t } = useTranslation("import");
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState("");
  const take = (chosen: File | null | undefined) => {
    if (!chosen) return;
    const wrong =
      chosen.size > MAX_BYTES
        ? t("drop.tooLarge", { size: bytes(chosen.size), max: bytes(MAX_BYTES) })
        : chosen.size === 0
          ? t("drop.empty")
          : /\.(csv|tsv|txt|xlsx|vcf)$/i.test(chosen.name)
            ? ""
            : t("drop.kind");
    setProblem(wrong);
    onFile(wrong ? null : chosen);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button inside is for all
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileSpreadsheet size={28} stroke={1.4} aria-hidden />
      <div className={classes.dropText} role="status">
        {file ? (
          <>
            <strong>{file.name}</strong>
            <span>{bytes(file.size)}</span>
          </>
        ) : (
          <>
            <strong>{t("drop.title")}</strong>
            <span>{t("drop.hint", { max: bytes(MAX_BYTES) })}</span>
          </>
        )}
        {problem && <span className={classes.problem}>{problem}</span>}
      </div>
      <FileButton onChange={take} accept={ACCEPT}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
            {file ? t("drop.other") : t("drop.choose")}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
