using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>
/// Cordon's own wire form of a signal: one JSON object a line, names in camelCase, amounts as text, times of RFC 3339
/// (docs/reference/signals.md). Strict: an unknown field, a repeated one or another type is a fault.
/// </summary>
public static class SignalJson
{
    private static readonly JsonWriterOptions Plain = new() { Indented = false };

    /// <summary>Reads one line. For many lines keep a <see cref="SignalJsonReader"/>, which remembers accounts and numbers.</summary>
    public static Reading<Signal> Read(ReadOnlySpan<byte> line, SignalKind? kind, Door door) => new SignalJsonReader(door).Read(line, kind);

    /// <summary>The wire form of a signal, without a line end.</summary>
    public static string Write(Signal signal)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Plain)) Write(json, signal);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a signal as one object, its kind first.</summary>
    public static void Write(Utf8JsonWriter json, Signal signal)
    {
        json.WriteStartObject();
        json.WriteString("kind", Wire.NameOf(signal.Kind));
        json.WriteString("id", signal.Id.Text);
        json.WriteString("member", signal.Member.ToString());
        json.WriteString("at", signal.At.ToString());
        switch (signal)
        {
            case Call call: WriteCall(json, call); break;
            case Message message:
                json.WriteString("sender", message.Sender.ToString());
                json.WriteString("recipient", message.Recipient.ToString());
                Optional(json, "link", message.Link?.Name);
                break;
            case Subscription subscription: WriteSubscription(json, subscription); break;
            case AccountOpening opening: WriteOpening(json, opening); break;
            case Transfer transfer: WriteTransfer(json, transfer); break;
            case WebVisit visit:
                json.WriteString("line", visit.Line.ToString());
                json.WriteString("domain", visit.Domain.Name);
                break;
            case TransferCorrection correction:
                json.WriteString("transfer", correction.Transfer.Text);
                if (correction.Teller != correction.Member) json.WriteString("teller", correction.Teller.ToString());
                if (correction.Reversed is { } isReversed) json.WriteBoolean("reversed", isReversed);
                Optional(json, "orderReference", correction.OrderReference);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(signal), signal.Kind, "Not of the closed set.");
        }
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, Call call)
    {
        json.WriteString("caller", call.Caller.ToString());
        json.WriteString("callee", call.Callee.ToString());
        json.WriteString("origin", Wire.NameOf(call.Origin));
        json.WriteBoolean("roamingProven", call.RoamingProven);
        Optional(json, "trunk", call.Trunk?.Name);
        Optional(json, "device", call.Device?.ToString());
        json.WriteNumber("durationSeconds", call.DurationSeconds);
        if (call.Phase != CallPhase.Complete) json.WriteString("phase", Wire.NameOf(call.Phase));
    }

    private static void WriteSubscription(Utf8JsonWriter json, Subscription subscription)
    {
        json.WriteString("line", subscription.Line.ToString());
        json.WriteString("lineKind", Wire.NameOf(subscription.LineKind));
        json.WriteString("identity", Wire.NameOf(subscription.Identity));
        Optional(json, "person", subscription.Person?.ToString());
        Optional(json, "agent", subscription.Agent);
        Optional(json, "device", subscription.Device?.ToString());
    }

    private static void WriteOpening(Utf8JsonWriter json, AccountOpening opening)
    {
        json.WriteString("account", opening.Account.ToString());
        json.WriteString("accountKind", Wire.NameOf(opening.AccountKind));
        json.WriteString("identity", Wire.NameOf(opening.Identity));
        Optional(json, "person", opening.Person?.ToString());
        if (opening.OpeningBalance is { } balance)
        {
            json.WriteStartObject(SignalFields.OpeningBalance);
            json.WriteString("amount", balance.ToDecimalText());
            json.WriteString("currency", balance.Currency.Code);
            json.WriteEndObject();
        }
        Optional(json, "line", opening.Line?.ToString());
        Optional(json, "branch", opening.Branch);
    }

    private static void WriteTransfer(Utf8JsonWriter json, Transfer transfer)
    {
        Optional(json, "payer", transfer.Payer?.ToString());
        Optional(json, "payee", transfer.Payee?.ToString());
        json.WriteString("amount", transfer.Amount.ToDecimalText());
        json.WriteString("currency", transfer.Amount.Currency.Code);
        json.WriteString("means", Wire.NameOf(transfer.Means));
        Optional(json, "orderReference", transfer.OrderReference);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}

/// <summary>Reads lines of the wire form. Not for two threads at once.</summary>
/// <param name="door">What the door knows.</param>
/// <param name="remembers">So many accounts and numbers are remembered at most: many for a reader of files, few where many readers are kept.</param>
public sealed class SignalJsonReader(Door door, int remembers = 1 << 20)
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = Door.MaxDepth };

    private readonly SignalDraft draft = new(door, remembers);
    private readonly byte[] scratch = new byte[Door.MaxLineBytes];

    /// <summary>Reads one line.</summary>
    /// <param name="line">UTF-8, without the line end, 16 KiB at most.</param>
    /// <param name="kind">The kind that is expected; null where each line tells its own by <c>kind</c>.</param>
    /// <returns>The signal, or everything found wrong.</returns>
    public Reading<Signal> Read(ReadOnlySpan<byte> line, SignalKind? kind)
    {
        if (JsonLine.Check(line) is { } fault) return new Reading<Signal>(null, [fault]);
        try
        {
            if (FindKind(line, kind) is not { } known)
                return new Reading<Signal>("kind", IntakeReason.Kind, $"'kind' must be {(kind is { } k ? Wire.NameOf(k) : "one of " + string.Join(", ", WireNames<SignalKind>.Names))}.");
            return ReadFields(line, known);
        }
        catch (JsonException e)
        {
            return new Reading<Signal>("", IntakeReason.NotJson, JsonLine.Where(e));
        }
    }

    // The first walk checks the whole line and finds the kind, wherever it stands.
    private static SignalKind? FindKind(ReadOnlySpan<byte> line, SignalKind? expected)
    {
        var json = new Utf8JsonReader(line, Strict);
        SignalKind? told = null;
        var wrong = false;
        json.Read();
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) continue;
            if (!json.ValueTextEquals("kind")) continue;
            json.Read();
            told = json.TokenType == JsonTokenType.String ? Wire.KindOf(json.GetString()!) : null;
            wrong |= told is null;
        }
        return wrong || (told is not null && expected is not null && told != expected) ? null : expected ?? told;
    }

    private Reading<Signal> ReadFields(ReadOnlySpan<byte> line, SignalKind kind)
    {
        draft.Begin(kind);
        var json = new Utf8JsonReader(line, Strict);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) return new Reading<Signal>("", IntakeReason.NotJson, "A line is one JSON object.");
        var kinds = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("kind"))
            {
                if (++kinds > 1) draft.Fault("kind", IntakeReason.RepeatedField, "'kind' stands twice.");
                json.Skip();
                continue;
            }
            if (kind == SignalKind.AccountOpening && json.ValueTextEquals(SignalFields.OpeningBalance)) ReadBalance(ref json, kind);
            else ReadField(ref json, kind, "");
        }
        return draft.Finish();
    }

    private void ReadBalance(ref Utf8JsonReader json, SignalKind kind)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            draft.Fault(SignalFields.OpeningBalance, IntakeReason.WrongType, "An opening balance is an object with amount and currency.");
            json.Skip();
            return;
        }
        if (draft.Has(SignalField.OpeningBalanceAmount))
            draft.Fault(SignalFields.OpeningBalance, IntakeReason.RepeatedField, $"'{SignalFields.OpeningBalance}' stands twice.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadField(ref json, kind, SignalFields.OpeningBalance + ".");
    }

    private void ReadField(ref Utf8JsonReader json, SignalKind kind, string prefix)
    {
        var nameLength = Encoding.ASCII.GetBytes(prefix, scratch);
        nameLength += json.CopyString(scratch.AsSpan(nameLength));
        var name = scratch.AsSpan(0, nameLength);
        // The dotted names are the two parts of the balance: JSON writes them as an object, not as names with a dot.
        var spec = prefix.Length == 0 && name.Contains((byte)'.') ? null : SignalFields.Find(kind, name);
        if (spec is null)
        {
            Unknown(name, kind);
            json.Skip();
            return;
        }
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (draft.Has(spec.Field)) draft.Fault(spec.Name, IntakeReason.RepeatedField, $"'{spec.Name}' stands twice.");
        switch (spec.Type, json.TokenType)
        {
            case (FieldType.Text, JsonTokenType.String) when json.ValueSpan.IsEmpty:
                draft.Fault(spec.Name, IntakeReason.Format, $"'{spec.Name}' is empty: leave it out, or write null.");
                break;
            case (FieldType.Text, JsonTokenType.String): draft.Set(spec.Field, scratch.AsSpan(0, json.CopyString(scratch))); break;
            case (FieldType.Flag, JsonTokenType.True or JsonTokenType.False): draft.Set(spec.Field, json.ValueSpan); break;
            case (FieldType.Number, JsonTokenType.Number): draft.Set(spec.Field, json.ValueSpan); break;
            default:
                draft.Fault(spec.Name, IntakeReason.WrongType, $"'{spec.Name}' is {JsonLine.Described(spec.Type)} in JSON.");
                json.Skip();
                break;
        }
    }

    private void Unknown(ReadOnlySpan<byte> name, SignalKind kind)
    {
        var text = Encoding.UTF8.GetString(name);
        draft.Fault(Utf8Text.Short(text), IntakeReason.UnknownField,
            $"{Wire.NameOf(kind)} has no field {Utf8Text.Quote(text)}{NearestName.Hint(text, SignalFields.Names(kind))}");
    }
}

/// <summary>What every line of NDJSON must be before its fields are looked at.</summary>
internal static class JsonLine
{
    private const int EscapeLength = 6; // \uXXXX

    public static IntakeFault? Check(ReadOnlySpan<byte> line)
    {
        if (line.Length > Door.MaxLineBytes)
            return new IntakeFault("", IntakeReason.LineTooLong, $"The line has {line.Length} bytes; {Door.MaxLineBytes} are taken.");
        if (!Utf8.IsValid(line)) return new IntakeFault("", IntakeReason.BadEncoding, "The line is not UTF-8.");
        return HasHalfCharacter(line) ? new IntakeFault("", IntakeReason.BadEncoding, "The line escapes half of a character: a \\u of D800 to DFFF without its other half.") : null;
    }

    // JSON's grammar lets a half of a surrogate pair stand alone; it is no text, and readers throw on it.
    private static bool HasHalfCharacter(ReadOnlySpan<byte> line)
    {
        while (line.IndexOf((byte)'\\') is var at and >= 0 && at + 1 < line.Length)
        {
            line = line[at..];
            var unit = EscapedUnit(line);
            var length = unit < 0 ? 2 : EscapeLength;
            if (unit is >= 0xDC00 and <= 0xDFFF) return true;
            if (unit is >= 0xD800 and <= 0xDBFF)
            {
                if (EscapedUnit(line[EscapeLength..]) is not (>= 0xDC00 and <= 0xDFFF)) return true;
                length = 2 * EscapeLength;
            }
            line = line[length..];
        }
        return false;
    }

    private static int EscapedUnit(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text.StartsWith("\\u"u8) && Utf8Parser.TryParse(text[2..EscapeLength], out int unit, out var used, 'x') && used == 4 ? unit : -1;

    public static string Where(JsonException e) => $"The line is not one JSON object of at most {Door.MaxDepth} levels (byte {e.BytePositionInLine ?? 0}).";

    public static string Described(FieldType type) => type switch
    {
        FieldType.Flag => "true or false",
        FieldType.Number => "a number",
        _ => "text in quotes",
    };
}
