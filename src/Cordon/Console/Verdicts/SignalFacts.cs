using System.Globalization;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Marks;

namespace Cordon.WebConsole.Verdicts;

/// <summary>The fields of a signal as people read them, and which are identifiers to look for.</summary>
internal static class SignalFacts
{
    public static IEnumerable<(string Name, string Value, bool IsIdentifier)> Of(Signal signal)
    {
        yield return ("Id", signal.Id.Text, true);
        foreach (var (name, value, isIdentifier) in Fields(signal))
            if (!string.IsNullOrEmpty(value)) yield return (name, value, isIdentifier);
    }

    private static (string Name, string? Value, bool IsIdentifier)[] Fields(Signal signal) => signal switch
    {
        Call call =>
        [
            ("Caller", call.Caller.ToString(), true), ("Callee", call.Callee.ToString(), true), ("Origin", Words.Of(call.Origin), false),
            ("Roaming", call.RoamingProven ? "proven" : "not proven", false), ("Trunk", call.Trunk?.ToString(), true), ("Device", call.Device?.ToString(), true),
            ("Duration", call.DurationSeconds.ToString(CultureInfo.InvariantCulture) + " s", false),
        ],
        Message message => [("Sender", message.Sender.ToString(), true), ("Recipient", message.Recipient.ToString(), true), ("Link", message.Link?.ToString(), true)],
        Subscription line =>
        [
            ("Line", line.Line.ToString(), true), ("Kind", Words.Of(line.LineKind), false), ("Identity", Words.Of(line.Identity), false),
            ("Person", line.Person?.ToString(), true), ("Agent", line.Agent, true), ("Device", line.Device?.ToString(), true),
        ],
        AccountOpening opening =>
        [
            ("Account", opening.Account.ToString(), true), ("Kind", Words.Of(opening.AccountKind), false), ("Identity", Words.Of(opening.Identity), false),
            ("Person", opening.Person?.ToString(), true), ("Line", opening.Line?.ToString(), true), ("Branch", opening.Branch, true),
            ("Balance", opening.OpeningBalance?.ToString(), false),
        ],
        Transfer transfer =>
        [
            ("Payer", transfer.Payer?.ToString(), true), ("Payee", transfer.Payee?.ToString(), true), ("Amount", transfer.Amount.ToString(), false),
            ("Means", transfer.Means.ToString(), false), ("Order reference", transfer.OrderReference, true),
        ],
        WebVisit visit => [("Line", visit.Line.ToString(), true), ("Domain", visit.Domain.ToString(), true)],
        TransferCorrection correction =>
        [
            ("Transfer", correction.Transfer.Text, true), ("Told by", correction.Teller.ToString(), false),
            ("Reversed", correction.Reversed switch { true => "yes", false => "no, that was a mistake", null => null }, false),
            ("Order reference", correction.OrderReference, true),
        ],
        _ => [],
    };
}
