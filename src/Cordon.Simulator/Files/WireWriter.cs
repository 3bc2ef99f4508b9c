using System.Text.Encodings.Web;
using System.Text.Json;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Files;

/// <summary>Writes signals and reports in Cordon's own wire form: camelCase, one object a line, what is not known left out.</summary>
internal static class WireWriter
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    public static void Write(Utf8JsonWriter json, Signal signal)
    {
        json.WriteStartObject();
        json.WriteString("id", signal.Id.Text);
        json.WriteString("member", signal.Member.ToString());
        json.WriteString("at", signal.At.ToString());
        switch (signal)
        {
            case Call call: Write(json, call); break;
            case Message message: Write(json, message); break;
            case Subscription subscription: Write(json, subscription); break;
            case AccountOpening opening: Write(json, opening); break;
            case Transfer transfer: Write(json, transfer); break;
            default: throw new InvalidOperationException($"The simulator makes no {signal.Kind}.");
        }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ProvinceReport report)
    {
        json.WriteStartObject();
        json.WriteString("id", report.Id);
        json.WriteString("reporter", report.Reporter.ToString());
        json.WriteString("phone", report.Phone.ToString());
        json.WriteString("channel", report.Channel);
        json.WriteString("text", report.Text);
        json.WriteString("fraudType", report.FraudType);
        json.WriteStartObject("suspects");
        Texts(json, "phones", report.Suspects.Phones.Select(p => p.ToString()));
        Texts(json, "accounts", report.Suspects.Accounts.Select(a => a.ToString()));
        Texts(json, "domains", report.Suspects.Domains.Select(d => d.Name));
        json.WriteEndObject();
        json.WriteStartArray("losses");
        foreach (var loss in report.Losses)
        {
            json.WriteStartObject();
            Text(json, "transferId", loss.TransferId?.Text);
            json.WriteString("member", loss.Member.ToString());
            json.WriteString("payer", loss.Payer.ToString());
            Text(json, "payee", loss.Payee?.ToString());
            Money(json, loss.Amount);
            json.WriteString("at", loss.At.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("reportedAt", report.ReportedAt.ToString());
        json.WriteEndObject();
    }

    public static void Money(Utf8JsonWriter json, Amount amount)
    {
        json.WriteString("amount", amount.ToDecimalText());
        json.WriteString("currency", amount.Currency.Code);
    }

    public static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>An enumeration's name in camelCase.</summary>
    public static string Name(Enum value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static void Write(Utf8JsonWriter json, Call call)
    {
        json.WriteString("caller", call.Caller.ToString());
        json.WriteString("callee", call.Callee.ToString());
        json.WriteString("origin", Name(call.Origin));
        json.WriteBoolean("roamingProven", call.RoamingProven);
        Text(json, "trunk", call.Trunk?.Name);
        Text(json, "device", call.Device?.ToString());
        json.WriteNumber("durationSeconds", call.DurationSeconds);
    }

    private static void Write(Utf8JsonWriter json, Message message)
    {
        json.WriteString("sender", message.Sender.ToString());
        json.WriteString("recipient", message.Recipient.ToString());
        Text(json, "link", message.Link?.Name);
    }

    private static void Write(Utf8JsonWriter json, Subscription subscription)
    {
        json.WriteString("line", subscription.Line.ToString());
        json.WriteString("lineKind", Name(subscription.LineKind));
        json.WriteString("identity", Name(subscription.Identity));
        Text(json, "person", subscription.Person?.ToString());
        Text(json, "agent", subscription.Agent);
        Text(json, "device", subscription.Device?.ToString());
    }

    private static void Write(Utf8JsonWriter json, AccountOpening opening)
    {
        json.WriteString("account", opening.Account.ToString());
        json.WriteString("accountKind", Name(opening.AccountKind));
        json.WriteString("identity", Name(opening.Identity));
        Text(json, "person", opening.Person?.ToString());
        if (opening.OpeningBalance is { } balance)
        {
            json.WriteStartObject("openingBalance");
            Money(json, balance);
            json.WriteEndObject();
        }
        Text(json, "line", opening.Line?.ToString());
        Text(json, "branch", opening.Branch);
    }

    private static void Write(Utf8JsonWriter json, Transfer transfer)
    {
        Text(json, "payer", transfer.Payer?.ToString());
        Text(json, "payee", transfer.Payee?.ToString());
        Money(json, transfer.Amount);
        json.WriteString("means", Name(transfer.Means));
        Text(json, "orderReference", transfer.OrderReference);
    }
}
