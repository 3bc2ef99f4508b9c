using Cordon.Engine.Signals;

namespace Cordon.Casework.Registers;

/// <summary>What a signal is found by: its id and every identifier in it, in their written forms.</summary>
internal static class SignalMarks
{
    public static IEnumerable<string> Of(Signal signal)
    {
        yield return signal.Id.Text;
        foreach (var text in Identifiers(signal))
            if (!string.IsNullOrEmpty(text)) yield return text;
    }

    private static string?[] Identifiers(Signal signal) => signal switch
    {
        Call call => [call.Caller.ToString(), call.Callee.ToString(), call.Trunk?.ToString(), call.Device?.ToString()],
        Message message => [message.Sender.ToString(), message.Recipient.ToString(), message.Link?.ToString()],
        Subscription line => [line.Line.ToString(), line.Person?.ToString(), line.Device?.ToString(), line.Agent],
        AccountOpening opening => [opening.Account.ToString(), opening.Person?.ToString(), opening.Line?.ToString(), opening.Branch],
        Transfer transfer => [transfer.Payer?.ToString(), transfer.Payee?.ToString(), transfer.OrderReference],
        WebVisit visit => [visit.Line.ToString(), visit.Domain.ToString()],
        TransferCorrection correction => [correction.Transfer.Text, correction.OrderReference],
        _ => [],
    };
}
