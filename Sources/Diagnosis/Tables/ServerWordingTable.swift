/// The texts that servers are known to use. The first that fits is taken, so the special ones come first.
enum ServerWordingTable {
  static let entries: [ServerWording] =
    encryption + loginRefusals + loginDemands + pace + client + hello + senders + domains + mailboxes + order + syntax
    + content
    + general

  /// What says little, after everything that says more.
  private static let general: [ServerWording] = [
    ServerWording(
      "access-denied", "access denied",
      ["access denied", "rejected due to policy", "administrative prohibition", "policy violation"],
      cause: "A rule of the server's administrator refuses this client, this sender or this recipient.",
      next: [
        "the text says which of the three it looked at; try another of that kind to see the difference",
        "on the server (Postfix): postmap -q KEY TABLE for the tables of check_client_access, check_helo_access, check_sender_access, check_recipient_access",
      ],
      clause: "RFC 5321 §7.8"),
    ServerWording(
      "service-unavailable", "service unavailable",
      ["service currently unavailable", "service temporarily unavailable"], codes: 400...499,
      cause:
        "The server takes no mail from this client for now; Postfix's postscreen answers so while it tests a client it does not know.",
      next: [
        "try again in some minutes from the same address: a client that passed the tests is let through",
        "on the server (Postfix): see postscreen_bare_newline_enable, postscreen_pipelining_enable, postscreen_non_smtp_command_enable",
      ],
      clause: "RFC 5321 §4.2.3"),
    ServerWording(
      "server-configuration", "the server's configuration is broken",
      [
        "server configuration error", "server configuration problem", "temporary lookup failure",
        "internal server error", "local error in processing", "temporary server error", "temporary local problem",
      ],
      codes: 400...499,
      cause: "The server's own configuration or one of its tables is broken; nothing that the client did is wrong.",
      next: [
        "tell the server's administrator: the reason is in his log at this minute",
        "on the server (Postfix): postfix check, and postmap -q KEY TABLE for each table; after a repair postfix reload",
      ],
      clause: "RFC 5321 §4.2.3"),
    ServerWording(
      "shutting-down", "the server is going down",
      ["shutting down", "service shutting", "server is restarting", "closing transmission channel"], codes: 400...499,
      cause: "The server ends its sessions because it stops or restarts.",
      next: ["connect again in a minute"], clause: "RFC 5321 §3.8"),
  ]

  /// Rates, limits, overload: come back later.
  static let pace: [ServerWording] = [
    ServerWording(
      "greylisted", "greylisting", ["greylist", "graylist", "grey-list", "grey list", "gray list", "postgrey"],
      capture: (.duration, "some minutes"),
      cause:
        "The server greylists: it puts off a client, sender and recipient that it has not seen together before, and takes them after {}.",
      next: [
        "send the same again after {}, from the same address with the same sender and recipient",
        "your command was right; changing anything starts the wait again",
        "on the server (Postfix): the policy server of check_policy_service; a whitelist in front of it exempts a client",
      ],
      clause: "RFC 6647 §2"),
    ServerWording(
      "too-many-errors", "too many errors",
      [
        "too many errors", "too many invalid", "too many bad commands", "too many unrecognized", "too many syntax",
        "too many failed", "too many protocol errors",
      ],
      cause: "The server gives up on the session after so many refused commands.",
      next: [
        "connect again and find the first refusal: the others follow from it",
        "on the server (Postfix): smtpd_hard_error_limit (20), smtpd_soft_error_limit (10)",
      ],
      clause: "RFC 5321 §4.3.2"),
    ServerWording(
      "too-many-connections", "too many connections",
      [
        "too many connections", "too many concurrent", "concurrent connections", "too many sessions", "connection rate",
        "connections from your",
      ],
      cause: "The server allows this client no more connections, at once or within a minute.",
      next: [
        "close other sessions and wait a minute", "send several messages in one session",
        "on the server (Postfix): smtpd_client_connection_count_limit (50), smtpd_client_connection_rate_limit; postscreen_client_connection_count_limit",
      ],
      clause: "RFC 5321 §7.8"),
    ServerWording(
      "too-busy", "the server is busy",
      ["ports are busy", "server busy", "too busy", "system load", "load average", "resources temporarily"],
      codes: 400...499, cause: "The server has more to do than it can for now.",
      next: [
        "try again in some minutes",
        "on the server (Postfix): default_process_limit (100), and the number of smtpd processes in master.cf",
      ],
      clause: "RFC 5321 §7.8"),
    ServerWording(
      "rate-limited", "sending too much",
      [
        "too much mail", "rate limit", "ratelimit", "sending limit", "sending quota", "sending rate", "sent too many",
        "unusual rate", "throttl", "exceeded the maximum number of messages",
      ],
      cause: "This client or account has sent more in a span of time than the server allows.",
      next: [
        "wait and send more slowly; the limit is counted by minute, hour or day",
        "on the server (Postfix): smtpd_client_message_rate_limit, smtpd_client_recipient_rate_limit, anvil_rate_time_unit",
      ],
      clause: "RFC 5321 §7.8"),
    ServerWording(
      "too-many-recipients", "too many recipients",
      ["too many recipients", "too many rcpt", "recipient limit", "maximum number of recipients"],
      cause: "The message has more recipients than the server takes at once; those accepted so far are not affected.",
      next: [
        "end this message with DATA and send another one to the remaining recipients",
        "on the server (Postfix): smtpd_recipient_limit (1000)",
      ],
      clause: "RFC 5321 §4.5.3.1.10"),
    ServerWording(
      "waited-too-long", "the server waited too long",
      ["timeout", "timed out", "time out", "idle too long", "idle for too long", "took too long"],
      codes: 400...499, cause: "The server waited too long for the client's next line and closes.",
      next: [
        "connect again and send the commands in one go, such as with a script: parley run SCRIPT TARGET",
        "on the server (Postfix): smtpd_timeout (300s)",
      ],
      clause: "RFC 5321 §4.5.3.2.7"),
    ServerWording(
      "storage", "the server's disk is full",
      [
        "insufficient system", "insufficient disk", "insufficient storage", "out of disk", "queue file write error",
        "disk full", "no space left",
      ],
      cause: "The server's disk is full, or too full for a message of this size.",
      next: [
        "tell the server's administrator",
        "on the server (Postfix): df for the queue directory, queue_minfree; free space must exceed 1.5 times message_size_limit",
      ],
      clause: "RFC 5321 §4.2.3"),
  ]
}
