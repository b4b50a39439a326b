package import Dialogue
package import SMTPSession

/// Says what the events of a session show: every rule is asked, and each answers by itself.
package enum Diagnostician {
  /// The findings, those that matter most first, and of those the ones that happened first.
  ///
  /// `clock` is the time of the recording in RFC 3339; without it, nothing is said about the age of certificates.
  package static func findings(
    in events: [TimedEvent], target: Target? = nil, clock: String? = nil
  ) -> [Finding] {
    let reading = SessionReading(events)
    let found =
      ReplyRules.findings(in: reading, target: target)
      + EncryptionRules.findings(in: reading, target: target, clock: clock)
      + LoginRules.findings(in: reading) + CommandRules.findings(in: reading) + CourseRules.findings(in: reading)
    let ordered = found.enumerated().sorted { left, right in
      if left.element.severity != right.element.severity { return left.element.severity > right.element.severity }
      let places = (left.element.evidence.first?.index ?? 0, right.element.evidence.first?.index ?? 0)
      return places.0 != places.1 ? places.0 < places.1 : left.offset < right.offset
    }
    return ordered.map { addressed($0.element, target) }
  }

  private static func addressed(_ finding: Finding, _ target: Target?) -> Finding {
    let filled = Explanation(title: "", cause: "", next: finding.next, clause: "").addressed(to: target)
    return Finding(
      rule: finding.rule, severity: finding.severity, title: finding.title, evidence: finding.evidence,
      cause: finding.cause,
      next: filled.next, clause: finding.clause)
  }
}
