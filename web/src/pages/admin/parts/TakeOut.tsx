// A list on paper or in a file: printed with all its pages, and taken out as a table.
import { Button, Group } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import type { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "@/api/client";
import { failed } from "@/lib/undo";

/** Until what was read last is drawn. */
const DRAWN_MS = 100;

type Pages = Pick<ReturnType<typeof useInfiniteQuery<unknown>>, "hasNextPage" | "isError"> & {
  fetchNextPage: () => Promise<Pages>;
};

interface Props {
  query: Pages;
  /** Pages that are read for one printed page. */
  most: number;
  /** Where the file is, and what it is called. */
  path: string;
  file: string;
  /** Hides the buttons on paper. */
  className: string | undefined;
}

export function TakeOut({ query, most, path, file, className }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [reading, setReading] = useState(false);
  const print = async () => {
    setReading(true);
    let read = query;
    for (let n = 0; n < most && read.hasNextPage && !read.isError; n++) read = await read.fetchNextPage();
    setReading(false);
    window.setTimeout(() => window.print(), DRAWN_MS);
  };
  const take = async () => {
    setBusy(true);
    await download(path, file).catch(failed);
    setBusy(false);
  };
  return (
    <Group gap="sm" className={className}>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        loading={reading}
        onClick={() => void print()}
      >
        {t("disclosures:print")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={busy}
        onClick={() => void take()}
      >
        {t("disclosures:csv")}
      </Button>
    </Group>
  );
}
