// Deals that a partner registers: the same list for its users and for the house.
import { infiniteQueryOptions } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { RegistrationPage } from "@/api/types";

/** Those of one's own partner, or of the one with this id, the newest first. */
export const registrationsQuery = (partner?: string) =>
  infiniteQueryOptions({
    queryKey: partner ? ["partners", partner, "registrations"] : ["registrations"],
    queryFn: ({ pageParam, signal }) =>
      get<RegistrationPage>(
        partner ? `/partners/${partner}/registrations` : "/registrations",
        { limit: 100, cursor: pageParam || undefined },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last: RegistrationPage) => last.next_cursor,
  });
