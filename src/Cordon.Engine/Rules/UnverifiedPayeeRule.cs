using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>
/// A large transfer to an account whose holder was not checked.
/// Source: Anti-Telecom and Online Fraud Law of the PRC, art. 18 (P), which sets no sum; the sum is Cordon's own.
/// </summary>
internal sealed class UnverifiedPayeeRule : IScreeningRule
{
    private static readonly Amount Limit = new(50_000_00, Currency.Cny);

    public string Id => "transfer.unverified-payee";

    public int Version => 1;

    public SignalKind Kind => SignalKind.Transfer;

    public VerdictAction Action => VerdictAction.Warn;

    public string ReasonCode => "transfer.unverified-payee";

    public string Duty => "cn.atf.18.suspicious-transactions";

    public Reason? Judge(Signal signal, EngineKnowledge known) =>
        signal is Transfer { Payee: { } payee } transfer
        && transfer.Amount.Currency == Limit.Currency && transfer.Amount > Limit
        && known.Accounts.Find(payee) is { Identity: IdentityCheck.NotVerified }
            ? this.Speak(("payee", payee.ToString()), ("amount", transfer.Amount.ToDecimalText()), ("limit", Limit.ToDecimalText()))
            : null;
}
