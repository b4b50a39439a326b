extension ServerWordingTable {
  /// Domains of sender and recipient.
  static let domains: [ServerWording] = [
    ServerWording(
      "null-mx", "the domain takes no mail", ["nullmx", "null mx"],
      cause: "The domain declares in the DNS that it takes no mail, so an address in it cannot be used.",
      next: ["check the domain for a typing error; its MX record is a lone dot"], clause: "RFC 7505 §3"),
    ServerWording(
      "sender-domain-unknown", "the sender's domain does not exist",
      [
        "sender address rejected: domain not found", "domain of sender", "sender domain must", "sender's domain",
        "sender domain", "unresolvable domain", "sender*domain does not exist",
      ],
      capture: (.angleBrackets, "the sender"),
      cause:
        "The server finds neither an MX nor an address for the domain of {}, so nobody could be told of a failure.",
      next: [
        "use a sender in a domain that exists: parley send --from ADDRESS …; the null sender is MAIL FROM:<>",
        "on the server (Postfix): reject_unknown_sender_domain; with 4.1.8 its DNS may be the one that fails",
      ],
      clause: "RFC 5321 §3.6.3"),
    ServerWording(
      "recipient-domain-unknown", "the recipient's domain does not exist",
      [
        "recipient address rejected: domain not found", "recipient*domain not found", "host or domain name not found",
        "unrouteable", "unroutable", "no mx", "domain does not exist", "domain not found",
      ],
      capture: (.angleBrackets, "the recipient"),
      cause: "The server finds no mail server for the domain of {}.",
      next: [
        "check the domain for a typing error: parley check ADDRESS",
        "on the server (Postfix): reject_unknown_recipient_domain; look the domain's MX up from the server itself",
      ],
      clause: "RFC 5321 §5.1"),
    ServerWording(
      "address-not-full", "the address has no full domain",
      [
        "need fully-qualified address", "domain name required", "must be fully qualified", "fully qualified address",
        "domain missing",
      ],
      capture: (.angleBrackets, "the address"),
      cause: "The server wants an address with a full domain, and {} has none.",
      next: [
        "write user@domain.example", "on the server (Postfix): reject_non_fqdn_sender, reject_non_fqdn_recipient",
      ], clause: "RFC 5321 §2.3.5"),
    ServerWording(
      "address-malformed", "the address is malformed",
      [
        "bad recipient address syntax", "bad sender address syntax", "syntax error in mailbox", "malformed address",
        "invalid address", "bad address syntax", "address syntax", "syntactically invalid address", "illegal address",
      ],
      cause: "The server cannot read the address.",
      next: [
        "parley check ADDRESS says what is wrong with it, and where",
        "a path is written in angle brackets: MAIL FROM:<user@domain.example>",
      ],
      clause: "RFC 5321 §4.1.2"),
  ]

  /// Whether there is such a mailbox, and whether it takes mail.
  static let mailboxes: [ServerWording] = [
    ServerWording(
      "sender-unknown", "the sender does not exist",
      [
        "sender address rejected: user unknown", "sender verify failed", "sender verification failed",
        "sender*unverified address", "sender*undeliverable address", "sender*does not exist",
      ],
      capture: (.angleBrackets, "the sender"),
      cause: "The server has checked {} and found no such mailbox, so a notice of failure could not be returned.",
      next: [
        "use a sender that exists: parley send --from ADDRESS …",
        "on the server (Postfix): reject_unlisted_sender, reject_unverified_sender",
      ],
      clause: "RFC 5321 §6.1"),
    ServerWording(
      "recipient-unverified", "the recipient cannot be verified",
      [
        "unverified address", "undeliverable address", "verify callout", "recipient verification",
        "address verification",
      ],
      capture: (.angleBrackets, "the recipient"),
      cause: "The server asks the recipient's own server before it answers, and that one refused {} or did not answer.",
      next: [
        "with a 4yz code try again in a minute: the check goes on meanwhile",
        "on the server (Postfix): reject_unverified_recipient, address_verify_map, unverified_recipient_reject_code",
      ],
      clause: "RFC 5321 §3.3"),
    ServerWording(
      "mailbox-full", "the mailbox is full",
      [
        "mailbox full", "mailbox is full", "over quota", "overquota", "over-quota", "quota exceeded", "exceeded*quota",
        "exceeds*quota", "out of storage space", "mailbox size limit", "mailbox too big", "not enough space",
      ],
      cause: "The recipient's mailbox holds as much as it may.",
      next: [
        "the recipient has to make room; try again afterwards",
        "on the server (Postfix): mailbox_size_limit, virtual_mailbox_limit, or the quota of the delivery program",
      ],
      clause: "RFC 3463 §3.3"),
    ServerWording(
      "mailbox-disabled", "the mailbox is disabled",
      [
        "mailbox disabled", "mailbox is disabled", "account disabled", "account is disabled",
        "account has been disabled", "inactive", "mailbox temporarily disabled", "account suspended",
        "account that you tried to reach is disabled",
      ],
      cause: "The mailbox exists and is switched off.",
      next: ["reach the recipient in another way"], clause: "RFC 3463 §3.3"),
    ServerWording(
      "user-unknown", "no such user",
      [
        "user unknown", "unknown user", "no such user", "no such mailbox", "no such recipient", "no such address",
        "unknown recipient", "recipient unknown", "invalid recipient", "recipient not found",
        "recipientnotfound", "mailbox not found", "mailbox does not exist", "user does not exist", "user doesn't exist",
        "account that you tried to reach does not exist", "no mailbox here",
        "unknown or illegal alias", "address unknown", "address does not exist", "recipient*does not exist",
        "user not found", "unknown local", "not our customer", "unknown address",
      ],
      codes: 450...559, capture: (.angleBrackets, "the recipient"),
      cause: "The server is responsible for the domain, and there is no mailbox for {}.",
      next: [
        "check the address for a typing error: parley check ADDRESS",
        "on the server (Postfix): local_recipient_maps, virtual_mailbox_maps, virtual_alias_maps, alias_maps; postmap -q ADDRESS TABLE asks one of them",
      ],
      clause: "RFC 5321 §3.3"),
    ServerWording(
      "no-valid-recipients", "no recipient was accepted",
      ["no valid recipients", "no recipients", "valid recipients", "no valid rcpt"],
      cause: "DATA was sent though no RCPT of this message was accepted.",
      next: ["look at the replies to RCPT: the reason is there", "send another RCPT, or RSET"], clause: "RFC 5321 §3.3"),
  ]

  /// Who may send as whom.
  static let senders: [ServerWording] = [
    ServerWording(
      "sender-not-owned", "this login may not use this sender",
      [
        "not owned by user", "sender address rejected: not logged in", "not authorized to send as",
        "not allowed to send as", "sendasdenied", "permissions to send as", "sender address*not allowed",
        "not permitted to send as",
        "you are not allowed to use sender",
      ],
      capture: (.angleBrackets, "this address"),
      cause: "The server lets a login send only from its own addresses, and {} is none of them.",
      next: [
        "use the login's own address after MAIL FROM: parley send --from ADDRESS …, or log in as the address's owner",
        "on the server (Postfix): smtpd_sender_login_maps with reject_sender_login_mismatch; postmap -q SENDER TABLE shows the owners",
      ],
      clause: "RFC 6409 §6.1"),
    ServerWording(
      "spf-failed", "SPF refuses the client",
      [
        "spf fail", "spf: fail", "spf check", "spf validation", "spf hard", "fail spf", "fails spf", "openspf",
        "sender policy framework", "spf record", "(spf)", "spf=",
      ],
      cause: "The sender's domain publishes which hosts send for it (SPF), and this client is none of them.",
      next: [
        "send through the domain's own server, or with a sender in a domain of yours",
        "the domain's owner: add the client's address to the TXT record v=spf1 of the domain",
      ],
      clause: "RFC 7208 §8.4"),
    ServerWording(
      "dmarc-failed", "DMARC refuses the message", ["dmarc"],
      cause: "The domain in the From field asks receivers to refuse what neither SPF nor DKIM confirms for it (DMARC).",
      next: [
        "send through a server that signs for the domain of From (DKIM)",
        "the domain's owner: the TXT record at _dmarc.DOMAIN says what is asked",
      ],
      clause: "RFC 7489 §6.6.2"),
    ServerWording(
      "sender-unauthenticated", "neither SPF nor DKIM passes",
      [
        "unauthenticated email", "mail is unauthenticated", "message is not authenticated", "not pass authentication",
        "authentication checks", "dkim",
      ],
      cause: "The server wants the sending domain confirmed by SPF or DKIM, and neither passed.",
      next: [
        "publish an SPF record for the sender's domain, and sign its mail by DKIM; Gmail and Yahoo refuse mail without"
      ],
      clause: "RFC 7372 §3"),
    ServerWording(
      "loop", "the message goes round",
      [
        "too many hops", "hop count", "routing loop", "mail loop", "mail loops", "loops back to myself",
        "too many received",
      ],
      cause: "The message has passed so many servers that it is taken to go round in a circle.",
      next: [
        "look at its Received fields: the names that repeat are the circle",
        "on the server (Postfix): hopcount_limit (50); mydestination, relayhost and the MX records",
      ],
      clause: "RFC 5321 §6.3"),
  ]
}
