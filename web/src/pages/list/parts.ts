// Parts of a list that it does not begin with.
import { lazy } from "react";
import { loadEditor } from "@/ui/FilterBar";

const loadBulkBar = () => import("@/ui/BulkBar");
const loadExport = () => import("@/ui/ExportDialog");
const loadNaming = () => import("./SavedViewsDialog");
const loadShare = () => import("./ShareMany");

export const BulkBar = lazy(() => loadBulkBar().then(({ BulkBar: part }) => ({ default: part })));
export const ExportDialog = lazy(() => loadExport().then(({ ExportDialog: part }) => ({ default: part })));
export const SavedViewsDialog = lazy(() =>
  loadNaming().then(({ SavedViewsDialog: part }) => ({ default: part })),
);

export const ShareMany = lazy(() => loadShare().then(({ ShareMany: part }) => ({ default: part })));

/** What is to be there before it is asked for. */
export const PARTS = [loadEditor, loadBulkBar, loadExport, loadNaming, loadShare];
