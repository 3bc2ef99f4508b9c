using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>The reading of one report; collects every fault.</summary>
internal sealed class ReportReading
{
    private const int MaxEntries = 50;
    private const int MaxText = 4000;
    private const int MaxName = 100;

    private static readonly string[] ReportNames = ["id", "reporter", "channel", "text", "fraudType", "suspects", "losses", "reportedAt"];
    private static readonly string[] ReporterNames = ["name", "phone"];
    private static readonly string[] SuspectNames = ["phones", "accounts", "domains"];
    private static readonly string[] LossNames = ["transferId", "member", "payer", "payee", "amount", "currency", "at"];

    private readonly List<IntakeFault> faults = [];

    public Reading<VictimReport> Read(JsonElement root)
    {
        if (!IsObject(root, "", ReportNames)) return Refused();
        var id = Id(root, "id", "id", required: true);
        var (name, phone) = Reporter(root);
        var channel = Code(root, "channel", required: true) ?? "";
        var text = Text(root, "text", "text", MaxText, required: true) ?? "";
        var fraudType = Code(root, "fraudType", required: false);
        var suspects = Suspects(root);
        var losses = List(root, "losses", "losses", Loss);
        // Without a payment there is nothing to follow; casework would refuse it, and one row must not stop a file.
        if (losses.IsEmpty && faults.Count == 0) Fault("losses", IntakeReason.Required, "A report tells of at least one payment: 'losses' is needed.");
        CheckTogether(losses);
        var reportedAt = Time(root, "reportedAt", "reportedAt");
        if (faults.Count > 0) return Refused();
        return new Reading<VictimReport>(
            new VictimReport(id!.Value, name, phone, channel, text, fraudType, suspects, losses, reportedAt), []);
    }

    // What each payment alone cannot show; casework would refuse it too.
    private void CheckTogether(ImmutableArray<ReportedLoss> losses)
    {
        if (faults.Count > 0 || losses.IsEmpty) return;
        var sum = 0L;
        for (var i = 0; i < losses.Length; i++)
        {
            var amount = losses[i].Amount;
            if (amount.Currency != losses[0].Amount.Currency)
                Fault($"losses[{i}].currency", IntakeReason.MixedCurrencies, "All payments of a report are in one currency: report those of another separately.");
            else if (amount.Minor > ReportIntake.MostLostMinor - sum)
                Fault($"losses[{i}].amount", IntakeReason.AmountTooLarge, $"A report claims {new Amount(ReportIntake.MostLostMinor, amount.Currency)} at most.");
            else sum += amount.Minor;
        }
    }

    private Reading<VictimReport> Refused() => new(null, faults.ToArray());

    private (string? Name, PhoneNumber? Phone) Reporter(JsonElement root)
    {
        if (Given(root, "reporter") is not { } reporter || !IsObject(reporter, "reporter", ReporterNames)) return (null, null);
        var name = Text(reporter, "name", "reporter.name", MaxName, required: false);
        return (name, Given(reporter, "phone") is { } phone ? Phone(phone, "reporter.phone") : null);
    }

    private ReportedSuspects Suspects(JsonElement root)
    {
        if (Given(root, "suspects") is not { } suspects || !IsObject(suspects, "suspects", SuspectNames)) return new ReportedSuspects([], [], []);
        return new ReportedSuspects(
            List(suspects, "phones", "suspects.phones", Phone),
            List(suspects, "accounts", "suspects.accounts", Account),
            List(suspects, "domains", "suspects.domains", DomainName));
    }

    private ReportedLoss? Loss(JsonElement element, string path)
    {
        if (!IsObject(element, path, LossNames)) return null;
        var before = faults.Count;
        var transfer = Id(element, "transferId", path + ".transferId", required: false);
        MemberCode? member = null;
        if (String(element, "member", path + ".member") is { } code)
        {
            if (MemberCode.TryParse(code, out var read) && !Masking.Finds(code)) member = read;
            else Fault(path + ".member", IntakeReason.Format, $"{Utf8Text.Quote(code)} is no member code.");
        }
        AccountNumber? payer = Given(element, "payer") is { } from ? Account(from, path + ".payer") : null;
        AccountNumber? payee = Given(element, "payee") is { } to ? Account(to, path + ".payee") : null;
        if (transfer is not null && member is null) Fault(path + ".member", IntakeReason.Required, "A transfer's id needs the member that gave it.");
        if (transfer is null && payer is null && payee is null)
            Fault(path, IntakeReason.Required, "A loss names a transfer, or the account paid from, or the account paid to.");
        var amount = LostAmount(element, path);
        var at = Time(element, "at", path + ".at");
        return faults.Count == before ? new ReportedLoss(member, transfer, payer, payee, amount, at) : null;
    }

    private Amount LostAmount(JsonElement element, string path)
    {
        var text = String(element, "amount", path + ".amount");
        var code = String(element, "currency", path + ".currency");
        if (text is null) Missing(element, "amount", path + ".amount");
        if (code is null) Missing(element, "currency", path + ".currency");
        if (text is null || code is null) return default;
        if (!Currency.TryParse(code, out var currency))
        {
            Fault(path + ".currency", IntakeReason.Format, $"{Utf8Text.Quote(code)} is no currency: three capital letters of ISO 4217.");
            return default;
        }
        var fault = AmountText.Read(text, currency, AmountRounding.Refuse, out var amount, out _);
        if (fault != AmountFault.None || amount.Minor == 0)
        {
            var (reason, message) = AmountFaults.Describe(fault, Utf8Text.Quote(text), currency);
            Fault(path + ".amount", reason, message);
        }
        return amount;
    }

    private PhoneNumber? Phone(JsonElement element, string path)
    {
        if (StringOf(element, path) is not { } text) return null;
        if (DoorPhones.TryRead(text, PhoneCheck.Shown, out var phone)) return phone;
        Fault(path, IntakeReason.Phone, $"{Utf8Text.Quote(text)} is no telephone number.");
        return null;
    }

    private AccountNumber? Account(JsonElement element, string path)
    {
        if (StringOf(element, path) is not { } text) return null;
        if (AccountNumber.TryParse(text, out var account))
        {
            var person = account.Number.Length >= IdentityNumber.Length && IdentityNumber.Read(account.Number, out _) == IdentityNumberFault.None;
            if (!person && !Masking.Finds(account.Member.ToString())) return account;
            Fault(path, IntakeReason.IdentityMisplaced, "This account is an identity number and would be stored.");
            return null;
        }
        Fault(path, IntakeReason.Format, $"{Utf8Text.Quote(text)} is no account: member:number.");
        return null;
    }

    private Domain? DomainName(JsonElement element, string path)
    {
        if (StringOf(element, path) is not { } text) return null;
        if (DomainNames.TryRead(text, allowUrl: true, out var domain)) return domain;
        Fault(path, IntakeReason.Domain, $"{Utf8Text.Quote(text)} is no domain name or web address.");
        return null;
    }

    private SignalId? Id(JsonElement parent, string name, string path, bool required)
    {
        if (String(parent, name, path) is not { } text)
        {
            if (required) Missing(parent, name, path);
            return null;
        }
        if (!SignalId.IsValid(text)) Fault(path, IntakeReason.Format, $"{Utf8Text.Quote(text)} is no id: 1 to 64 visible ASCII characters.");
        else if (text.Length >= IdentityNumber.Length && IdentityNumber.Read(text, out _) == IdentityNumberFault.None)
            Fault(path, IntakeReason.IdentityMisplaced, "This id is an identity number and would be stored.");
        else return new SignalId(text);
        return null;
    }

    private string? Code(JsonElement parent, string name, bool required)
    {
        if (String(parent, name, name) is not { } text)
        {
            if (required) Missing(parent, name, name);
            return null;
        }
        var sound = text.Length <= 40;
        foreach (var c in text) sound &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
        if (!sound || Masking.Finds(text)) Fault(name, IntakeReason.Format, $"{Utf8Text.Quote(text)} is no code: 1 to 40 characters of a-z, 0-9 and '-'.");
        return text;
    }

    private string? Text(JsonElement parent, string name, string path, int limit, bool required)
    {
        if (String(parent, name, path) is not { } text)
        {
            if (required) Missing(parent, name, path);
            return null;
        }
        if (text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')))
            Fault(path, IntakeReason.Format, $"'{path}' has a control character other than tab and line end.");
        if (text.Length > limit) Fault(path, IntakeReason.TooLong, $"'{path}' takes {limit} characters; there are {text.Length}.");
        return Masking.Mask(text);
    }

    private Instant Time(JsonElement parent, string name, string path)
    {
        if (String(parent, name, path) is not { } text)
        {
            Missing(parent, name, path);
            return default;
        }
        if (!Instant.TryParse(text, out var at)) Fault(path, IntakeReason.Time, $"{Utf8Text.Quote(text)} is no time of RFC 3339 with an offset.");
        return at;
    }

    private ImmutableArray<T> List<T>(JsonElement parent, string name, string path, Func<JsonElement, string, T?> read) where T : struct =>
        [.. Entries(parent, name, path).Select((entry, i) => read(entry, $"{path}[{i}]")).Where(value => value is not null).Select(value => value!.Value)];

    private ImmutableArray<ReportedLoss> List(JsonElement parent, string name, string path, Func<JsonElement, string, ReportedLoss?> read) =>
        [.. Entries(parent, name, path).Select((entry, i) => read(entry, $"{path}[{i}]")).Where(value => value is not null).Select(value => value!)];

    private JsonElement.ArrayEnumerator Entries(JsonElement parent, string name, string path)
    {
        if (Given(parent, name) is not { } list) return default;
        if (list.ValueKind != JsonValueKind.Array) Fault(path, IntakeReason.WrongType, $"'{path}' is a list in JSON.");
        else if (list.GetArrayLength() > MaxEntries) Fault(path, IntakeReason.TooLong, $"'{path}' takes {MaxEntries} entries; there are {list.GetArrayLength()}.");
        else return list.EnumerateArray();
        return default;
    }

    private bool IsObject(JsonElement element, string path, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(path, path.Length == 0 ? IntakeReason.NotJson : IntakeReason.WrongType, "An object is expected here.");
            return false;
        }
        foreach (var property in element.EnumerateObject())
            if (!known.Contains(property.Name, StringComparer.Ordinal))
            {
                var full = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                Fault(Utf8Text.Short(full), IntakeReason.UnknownField, $"There is no field {Utf8Text.Quote(property.Name)} here{NearestName.Hint(property.Name, known)}");
            }
        return true;
    }

    private static JsonElement? Given(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? String(JsonElement parent, string name, string path) => Given(parent, name) is { } value ? StringOf(value, path) : null;

    private string? StringOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String) Fault(path, IntakeReason.WrongType, $"'{path}' is text in quotes in JSON.");
        else if (value.GetString() is { Length: > 0 } text) return text;
        else Fault(path, IntakeReason.Format, $"'{path}' is empty: leave it out, or write null.");
        return null;
    }

    private void Missing(JsonElement parent, string name, string path)
    {
        if (Given(parent, name) is null) Fault(path, IntakeReason.Required, $"'{path}' is needed.");
    }

    private void Fault(string path, string reason, string message) => faults.Add(new IntakeFault(path, reason, message));
}
