using System.Collections.Immutable;
using Cordon.Casework;
using Cordon.Casework.Members;
using Cordon.Casework.Reports;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using ReportedLoss = Cordon.Casework.Reports.ReportedLoss;

namespace Cordon.WebConsole.Reports;

/// <summary>What a clerk takes down: the victim's words, what was read in them, and what the clerk confirmed of it.</summary>
/// <param name="offset">The centre's clock against UTC.</param>
/// <param name="told">When the victim tells it.</param>
public sealed class ReportDraft(TimeSpan offset, Instant told)
{
    /// <summary>The words; what a circuit carries in one message bounds them.</summary>
    public const int MostWords = 8_000;

    private static readonly Refusal BadPhone = new("console/bad-phone", RefusalKind.Invalid, "The victim's number cannot be read.", "Write it in digits with its area code, or leave it empty.");
    private static readonly Refusal BadAccount = new("console/bad-account", RefusalKind.Invalid, "The victim's account cannot be read: choose its bank and write its number without blanks.", "Leave both empty where they are not known.");

    private readonly List<TransferFacts> confirmed = [];
    private readonly List<ReportedLoss> byHand = [];
    private readonly Dictionary<(MemberCode, SignalId), ReportedLoss> replaced = [];
    private readonly HashSet<string> dropped = new(StringComparer.Ordinal);
    private string? chosenType;

    /// <summary>The victim's words.</summary>
    public string Words { get; set; } = "";

    /// <summary>The victim's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The victim's number, as typed.</summary>
    public string Phone { get; set; } = "";

    /// <summary>When it is told, by the centre's clock.</summary>
    public DateTime ToldAt { get; set; } = told.ToDateTimeOffset().ToOffset(offset).DateTime;

    /// <summary>The victim's bank.</summary>
    public string Bank { get; set; } = "";

    /// <summary>The victim's account there.</summary>
    public string Account { get; set; } = "";

    /// <summary>What was read; null where there are no words.</summary>
    public ReadWords? Found { get; private set; }

    /// <summary>The type of fraud: the clerk's, else the likeliest; empty where there is none.</summary>
    public string FraudType => chosenType ?? Found?.Types.FirstOrDefault()?.Type.Code ?? "";

    /// <summary>Whether the type is a guess.</summary>
    public bool TypeIsGuess => chosenType is null && FraudType.Length > 0;

    /// <summary>The payments confirmed, the clerk's own last. What the victim paid went from the victim's account, whenever that was told.</summary>
    public ImmutableArray<ReportedLoss> Losses =>
        [.. confirmed.Select(t => new ReportedLoss(t.Id, t.Member, t.Payer, t.Payee, t.Amount, t.At)), .. byHand.Select(l => l with { Payer = l.Payer ?? VictimsAccount })];

    /// <summary>The victim's number; null where none can be read.</summary>
    public PhoneNumber? VictimsPhone => DoorPhones.TryRead(Phone.Trim(), PhoneCheck.Shown, out var number) ? number : null;

    /// <summary>When it is told, with the centre's clock.</summary>
    public DateTimeOffset Moment => new(DateTime.SpecifyKind(ToldAt, DateTimeKind.Unspecified), offset);

    /// <summary>Reads the words again. A transfer that was confirmed stays.</summary>
    public void Read(ReportReader reader, IEnumerable<Member> members)
    {
        if (string.IsNullOrWhiteSpace(Words))
        {
            Found = null;
            return;
        }
        var keepers = members.Where(m => m.Sector is Sector.Bank or Sector.PaymentInstitution).Select(m => m.Code);
        Found = reader.Read(Words, Moment, VictimsAccount is { } account ? [account] : [], Currency.Cny, keepers);
    }

    /// <summary>The victim's account; null where none is told.</summary>
    public AccountNumber? VictimsAccount => MemberCode.TryParse(Bank, out var bank) && AccountNumber.IsNumber(Account.Trim()) ? new AccountNumber(bank, Account.Trim()) : null;

    /// <summary>Whether a transfer is confirmed.</summary>
    public bool Has(TransferFacts transfer) => confirmed.Exists(c => c.Member == transfer.Member && c.Id == transfer.Id);

    /// <summary>What was typed and cannot be read; null where all can. It would be lost in silence otherwise.</summary>
    public Refusal? Unread =>
        Phone.Trim().Length > 0 && VictimsPhone is null ? BadPhone
        : (Bank.Length > 0 || Account.Trim().Length > 0) && VictimsAccount is null ? BadAccount
        : null;

    /// <summary>Confirms a transfer, or takes that back. A payment of the same sum that was told without its receipt is meant by it, and counts once.</summary>
    public void Toggle(TransferFacts transfer)
    {
        var key = (transfer.Member, transfer.Id);
        if (confirmed.RemoveAll(c => (c.Member, c.Id) == key) > 0)
        {
            if (replaced.Remove(key, out var told)) byHand.Add(told);
            return;
        }
        confirmed.Add(transfer);
        var same = byHand.FindIndex(l => l.Transfer is null && l.Amount == transfer.Amount && (l.Payee is null || l.Payee == transfer.Payee));
        if (same < 0) return;
        replaced[key] = byHand[same];
        byHand.RemoveAt(same);
    }

    /// <summary>Confirms the transfer that a report names already, so that verifying it loses nothing.</summary>
    public void Add(ReportedLoss loss) => byHand.Add(loss);

    /// <summary>Drops a payment.</summary>
    public void Remove(ReportedLoss loss)
    {
        if (byHand.RemoveAll(l => (l with { Payer = l.Payer ?? VictimsAccount }) == loss) > 0) return;
        confirmed.RemoveAll(c => c.Member == loss.Member && c.Id == loss.Transfer);
    }

    /// <summary>Chooses the type; empty for the guess again.</summary>
    public void Choose(string? code) => chosenType = string.IsNullOrEmpty(code) ? null : code;

    /// <summary>Numbers and pages that the words point at and that the clerk left in: not the victim's own, nor those of services.</summary>
    public IEnumerable<(string Text, bool Kept)> Pointed => PointedPhones.Select(p => p.ToString()).Concat(PointedDomains).Distinct().Select(t => (t, !dropped.Contains(t)));

    private IEnumerable<PhoneNumber> PointedPhones => (Found?.Facts.Phones ?? []).Where(p => p.Sort != PhoneSort.Hotline && p.Number != VictimsPhone).Select(p => p.Number).Distinct();

    private IEnumerable<string> PointedDomains => (Found?.Facts.Links ?? []).Where(l => l.IsDomain).Select(l => l.Host).Distinct();

    /// <summary>Leaves something out that the words point at, or takes it in again.</summary>
    public void TogglePointed(string text)
    {
        if (!dropped.Remove(text)) dropped.Add(text);
    }

    /// <summary>The report as it is sent.</summary>
    /// <param name="sourceId">The form's own id: pressed twice it is one report.</param>
    /// <param name="reader">Masks the words.</param>
    public ReportIntake ToIntake(string sourceId, ReportReader reader) => new(
        sourceId, Name.Trim() is { Length: > 0 } name ? reader.Masked(name) : null, VictimsPhone, Words.Trim() is { Length: > 0 } words ? reader.Masked(words) : null,
        FraudType.Length == 0 ? ReportIntake.TypeNotKnown : FraudType,
        new Suspects([.. PointedPhones.Where(p => !dropped.Contains(p.ToString()))], [], [.. PointedDomains.Where(d => !dropped.Contains(d))]),
        Losses, Instant.From(Moment))
    {
        Channel = ReportChannel.Console,
    };
}
