using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A call from a line whose operator says that no real name was checked. A line of which nothing was told is no evidence.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 9 (P).
/// </summary>
internal sealed class UnverifiedCallerRule : IScreeningRule
{
    public string Id => "call.unverified-line";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Call;

    public VerdictAction Action => VerdictAction.Warn;

    public string ReasonCode => "call.unverified-line";

    public string Duty => "cn.atf.9.real-name-line";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Call call && known.Lines.Find(call.Caller) is { Identity: IdentityCheck.NotVerified } line
            ? this.Speak(("caller", call.Caller.ToString()), ("operator", line.Member.ToString()))
            : null;
}
