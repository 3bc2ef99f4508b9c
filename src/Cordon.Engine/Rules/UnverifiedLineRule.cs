using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A line opened with no real name checked. Where nothing was told, nothing is said.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 9 (P).
/// </summary>
internal sealed class UnverifiedLineRule : IScreeningRule
{
    public string Id => "line.unverified";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Subscription;

    public VerdictAction Action => VerdictAction.Hold;

    public string ReasonCode => "line.unverified";

    public string Duty => "cn.atf.9.real-name-line";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Subscription { Identity: IdentityCheck.NotVerified } opened
            ? this.Speak(("line", opened.Line.ToString()), ("agent", opened.Agent ?? ""))
            : null;
}
