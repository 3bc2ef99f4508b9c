using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>How the words of the engine are written in JSON: in events, stored documents and the API alike.</summary>
public static class CaseworkJson
{
    /// <summary>Camel case, enums and identifiers as text, amounts as decimal text with currency.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Applies the same rules to another set of options (the API's).</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // The text is never put into HTML; Chinese stays readable for the auditor.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new AmountConverter());
        options.Converters.Add(new TextConverter<Instant>(v => v.ToString(), s => Instant.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<Currency>(v => v.Code, s => Currency.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<MemberCode>(v => v.ToString(), s => MemberCode.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<AccountNumber>(v => v.ToString(), s => AccountNumber.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<PhoneNumber>(v => v.ToString(), s => PhoneNumber.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<PersonToken>(v => v.ToString(), s => PersonToken.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<Device>(v => v.ToString(), s => Device.TryParse(s, out var v) ? v : null));
        options.Converters.Add(new TextConverter<Trunk>(v => v.ToString(), s => new Trunk(s)));
        options.Converters.Add(new TextConverter<Domain>(v => v.ToString(), s => new Domain(s)));
        options.Converters.Add(new TextConverter<SignalId>(v => v.ToString(), s => SignalId.IsValid(s) ? new SignalId(s) : null));
        return options;
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T?> read) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && read(reader.GetString()!) is { } value
                ? value
                : throw new JsonException($"The value is not a valid {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.GetString()!) ?? throw new JsonException($"The name is not a valid {typeof(T).Name}.");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(write(value));
    }

    private sealed class AmountConverter : JsonConverter<Amount>
    {
        private sealed record Form(string? Amount, string? Currency);

        public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var form = JsonSerializer.Deserialize<Form>(ref reader, options);
            if (!Currency.TryParse(form?.Currency, out var currency)) throw new JsonException("The currency is not an ISO 4217 code.");
            var fault = AmountText.Read(form?.Amount, currency, AmountRounding.Refuse, out var amount, out _);
            return fault == AmountFault.None ? amount : throw new JsonException($"The amount is refused: {fault}.");
        }

        public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", value.ToDecimalText());
            writer.WriteString("currency", value.Currency.Code);
            writer.WriteEndObject();
        }
    }
}
