using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// Money leaving an account under a stop-payment or freeze.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 20 (P).
/// </summary>
internal sealed class StoppedAccountRule : IScreeningRule
{
    public string Id => "transfer.stopped-account";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Transfer;

    public VerdictAction Action => VerdictAction.Block;

    public string ReasonCode => "transfer.stopped-account";

    public string Duty => "cn.atf.20.stop-payment";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Transfer { Payer: { } payer } && known.Lists.Has(ListName.StoppedAccounts, payer)
            ? this.Speak(("payer", payer.ToString()))
            : null;
}
