import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { noticesQuery } from "@/api/queries";
import type { Notice } from "@/api/types";
import { failed } from "@/lib/undo";

/** The user's notices, and marking them as read: at once on screen, then at the server. */
export function useNotices() {
  const client = useQueryClient();
  const query = useQuery(noticesQuery);
  const unread = (query.data ?? []).filter((notice) => notice.read_at === null);
  const read = async (notices: Notice[]) => {
    const ids = new Set(notices.map((notice) => notice.id));
    const at = new Date().toISOString();
    client.setQueryData<Notice[]>(["notices"], (known) =>
      known?.map((notice) => (ids.has(notice.id) ? { ...notice, read_at: notice.read_at ?? at } : notice)),
    );
    try {
      for (const id of ids) await request("POST", `/notices/${id}/read`);
    } catch (error) {
      failed(error);
    }
    void client.invalidateQueries({ queryKey: ["notices"] });
  };
  return { query, unread, read };
}
