extension EnhancedCodeTable {
  /// X.7.z: security and policy (RFC 3463 §3.8 and what was added since).
  static let security: [EnhancedCodeMeaning] = [
    EnhancedCodeMeaning(7, 0, "something about security", "security or policy, without detail", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(7, 1, "not permitted", "refused by the server's policy, or not authorized", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(
      7, 2, "may not post to the list", "the sender may not send to this mailing list", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(
      7, 3, "security conversion impossible", "the message would have to change its protection, and cannot",
      "RFC 3463 §3.8"),
    EnhancedCodeMeaning(
      7, 4, "security feature missing", "a security feature that is needed is not supported", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(
      7, 5, "cryptographic failure", "a message could not be decrypted or authenticated", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(7, 6, "algorithm not supported", "a cryptographic algorithm is not supported", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(7, 7, "integrity failure", "a message was changed on the way", "RFC 3463 §3.8"),
    EnhancedCodeMeaning(7, 8, "credentials invalid", "the credentials are wrong, or not accepted", "RFC 4954 §6"),
    EnhancedCodeMeaning(7, 9, "mechanism too weak", "the mechanism is too weak for this user", "RFC 4954 §6"),
    EnhancedCodeMeaning(7, 10, "encryption needed", "the server wants TLS for this", "RFC 5248"),
    EnhancedCodeMeaning(
      7, 11, "encryption needed for this mechanism", "the mechanism is allowed only inside TLS", "RFC 4954 §6"),
    EnhancedCodeMeaning(
      7, 12, "password transition needed",
      "log in once by PLAIN inside TLS, so that the server can set up the mechanism", "RFC 4954 §6"),
    EnhancedCodeMeaning(7, 13, "account disabled", "the account is disabled", "RFC 5248"),
    EnhancedCodeMeaning(
      7, 14, "trust relationship needed", "a third server must be trusted for this, and is not", "RFC 5248"),
    EnhancedCodeMeaning(7, 15, "priority too low", "the message's priority is too low to be taken now", "RFC 6710"),
    EnhancedCodeMeaning(7, 16, "too big for its priority", "the message is too big for its priority", "RFC 6710"),
    EnhancedCodeMeaning(
      7, 17, "mailbox has a new owner", "the mailbox has changed hands since the time that the sender named", "RFC 7293"
    ),
    EnhancedCodeMeaning(
      7, 18, "domain has a new owner", "the domain has changed hands since the time that the sender named", "RFC 7293"),
    EnhancedCodeMeaning(
      7, 19, "owner unknown", "whether the mailbox has changed hands could not be found out", "RFC 7293"),
    EnhancedCodeMeaning(
      7, 20, "no DKIM signature that passes", "no DKIM signature of the message is valid", "RFC 7372 §3.1"),
    EnhancedCodeMeaning(
      7, 21, "no DKIM signature that is acceptable", "the DKIM signatures are valid, and none is accepted",
      "RFC 7372 §3.1"),
    EnhancedCodeMeaning(
      7, 22, "no DKIM signature of the author's domain", "no valid DKIM signature is the author's domain's",
      "RFC 7372 §3.1"),
    EnhancedCodeMeaning(
      7, 23, "SPF failed", "the sender's domain does not allow this client to send for it (SPF)", "RFC 7372 §3.2"),
    EnhancedCodeMeaning(
      7, 24, "SPF error", "the SPF record of the sender's domain could not be evaluated", "RFC 7372 §3.2"),
    EnhancedCodeMeaning(
      7, 25, "reverse DNS failed", "the client's address has no name that leads back to it", "RFC 7372 §3.3"),
    EnhancedCodeMeaning(7, 26, "several checks failed", "more than one check of the sender failed", "RFC 7372 §3.4"),
    EnhancedCodeMeaning(7, 27, "sender has null MX", "the sender's domain declares that it takes no mail", "RFC 7505"),
    EnhancedCodeMeaning(7, 28, "mail flood", "the recipient is being flooded with mail", "IANA, X.7.28"),
    EnhancedCodeMeaning(7, 29, "ARC failed", "the ARC chain of the message is not valid", "RFC 8617"),
    EnhancedCodeMeaning(
      7, 30, "REQUIRETLS needed", "the message demands REQUIRETLS, and the next server does not offer it", "RFC 8689"),
  ]
}
