import type { QuickAddArgs } from "@/lib/overlay";

export default function QuickAdd(_: { args: QuickAddArgs }) {
  return null;
}
