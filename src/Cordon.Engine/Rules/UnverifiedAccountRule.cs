using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// An account opened with no real name checked. Where nothing was told, nothing is said.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 15 (P).
/// </summary>
internal sealed class UnverifiedAccountRule : IScreeningRule
{
    public string Id => "account.unverified";

    public int Version => 1;

    public SignalKind Kind => SignalKind.AccountOpening;

    public VerdictAction Action => VerdictAction.Hold;

    public string ReasonCode => "account.unverified";

    public string Duty => "cn.atf.15.customer-due-diligence";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is AccountOpening { Identity: IdentityCheck.NotVerified } opened
            ? this.Speak(("account", opened.Account.ToString()), ("branch", opened.Branch ?? ""))
            : null;
}
