import Failures

/// Everything that has a public name, for the documentation and for whoever meets a name and wants to know more.
package enum RuleCatalogue {
  /// What a name belongs to.
  package enum Kind: String, CaseIterable, Sendable {
    /// The name of a failure, as in `parley: error [NAME]`.
    case failure
    /// Something odd that does not end a session.
    case warning
    /// A rule that looks at a whole session.
    case finding
    /// A text that servers are known to use.
    case wording
  }

  /// A name and what it stands for.
  package struct Entry: Hashable, Sendable {
    /// The public name, kept for ever.
    package let id: String
    /// What the name belongs to.
    package let kind: Kind
    /// A few words.
    package let title: String
    /// The RFC clause.
    package let clause: String
  }

  /// All names, each kind in the order of its table.
  package static let all: [Entry] = failures + warnings + findings + wordings

  private static let failures: [Entry] =
    FailureTable.entries.map { Entry(id: $0.name.rawValue, kind: .failure, title: $0.title, clause: $0.clause) }
    + ReplyCodeTable.entries.filter { $0.code >= 400 }.map {
      Entry(id: FailureName.smtp($0.code).rawValue, kind: .failure, title: $0.title, clause: $0.clause)
    }

  private static let warnings: [Entry] = [
    (FailureName.warnBareLF, ReplyRules.bareLF), (.warnStrayCR, ReplyRules.strayCR), (.warnNUL, ReplyRules.nul),
    (.warnLongReplyLine, ReplyRules.longLine), (.warnEnhancedMismatch, ReplyRules.enhancedMismatch),
    (.warnOddCode, ReplyRules.oddCode), (.warnChallengeNotBase64, ReplyRules.challengeNotBase64),
  ].map { Entry(id: $0.0.rawValue, kind: .warning, title: $0.1.title, clause: $0.1.clause) }

  private static let findings: [Entry] =
    (ReplyRules.all + EncryptionRules.all + LoginRules.all + CommandRules.all + CourseRules.all).map {
      Entry(id: $0.id, kind: .finding, title: $0.title, clause: $0.clause)
    }

  private static let wordings: [Entry] = ServerWordingTable.entries.map {
    Entry(id: $0.id, kind: .wording, title: $0.title, clause: $0.clause)
  }
}
