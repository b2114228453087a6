import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { noticesQuery, readingNotices } from "@/api/queries";
import type { Notice } from "@/api/types";
import { failed } from "@/lib/undo";

const { queryKey } = noticesQuery;

/** The user's notices, and marking them as read: at once on screen, then at the server. */
export function useNotices() {
  const client = useQueryClient();
  const query = useQuery(noticesQuery);
  const unread = (query.data ?? []).filter((notice) => notice.read_at === null);
  const { mutate: read } = useMutation({
    ...readingNotices,
    mutationFn: (notices: Notice[]) =>
      request("POST", "/notices/read", { body: { ids: notices.map(({ id }) => id) } }),
    onMutate: async (notices) => {
      await client.cancelQueries({ queryKey });
      const ids = new Set(notices.map((notice) => notice.id));
      const at = new Date().toISOString();
      client.setQueryData(queryKey, (known) =>
        known?.map((notice) => (ids.has(notice.id) ? { ...notice, read_at: notice.read_at ?? at } : notice)),
      );
    },
    onError: failed,
    onSettled: () => {
      if (client.isMutating(readingNotices) === 1) void client.invalidateQueries({ queryKey });
    },
  });
  return { query, unread, read };
}
