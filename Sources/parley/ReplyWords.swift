import Diagnosis
import SMTPSession
import SMTPWire
import Workbench

/// The diagnosis of a reply in the form that the workbench shows.
enum ReplyWords {
  /// What a reply means at its stage.
  static func explain(_ reply: Reply, _ stage: SessionStage) -> Workbench.Explanation {
    let found = ReplyExplainer.explain(reply, in: SessionSituation(stage: stage))
    return Workbench.Explanation(title: found.title, clause: found.clause, text: found.cause, next: found.next)
  }
}
