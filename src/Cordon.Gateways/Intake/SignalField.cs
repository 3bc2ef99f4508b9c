using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>Every field of the wire form. The value of a field comes from JSON, from CSV or by a preset, and is judged in one place.</summary>
internal enum SignalField : byte
{
    Id, Member, At, Caller, Callee, Origin, RoamingProven, Trunk, Device, DurationSeconds, Sender, Recipient, Link,
    Line, LineKind, Identity, Person, IdentityNumber, Agent, Account, AccountKind, OpeningBalanceAmount,
    OpeningBalanceCurrency, Branch, Payer, Payee, Amount, Currency, Means, OrderReference, Domain, Phase,
    Teller, Transfer, Reversed,
}

/// <summary>How JSON writes a field.</summary>
internal enum FieldType : byte
{
    Text, Flag, Number,
}

/// <summary>A field of one kind of signal.</summary>
internal sealed record FieldSpec(SignalField Field, string Name, FieldType Type, bool Required);

/// <summary>Which kind of signal has which fields, by their wire names.</summary>
internal static class SignalFields
{
    /// <summary>The object that holds the two parts of an opening balance.</summary>
    public const string OpeningBalance = "openingBalance";

    private static readonly FieldSpec[] Head = [Needed(SignalField.Id), Needed(SignalField.Member), Needed(SignalField.At)];

    private static readonly ImmutableArray<FieldSpec>[] ByKind = Build();

    public static ImmutableArray<FieldSpec> Of(SignalKind kind) => ByKind[(int)kind];

    public static IEnumerable<string> Names(SignalKind kind) => Of(kind).Select(spec => spec.Name);

    public static FieldSpec? Find(SignalKind kind, ReadOnlySpan<byte> name)
    {
        foreach (var spec in ByKind[(int)kind])
            if (Utf8Text.Equal(name, spec.Name)) return spec;
        return null;
    }

    /// <summary>The wire name: <c>openingBalance.amount</c>, <c>orderReference</c>.</summary>
    public static string NameOf(SignalField field) => field switch
    {
        SignalField.OpeningBalanceAmount => OpeningBalance + ".amount",
        SignalField.OpeningBalanceCurrency => OpeningBalance + ".currency",
        _ => Wire.Camel(field.ToString()),
    };

    private static FieldSpec Needed(SignalField field) => Maybe(field) with { Required = true };

    private static FieldSpec Maybe(SignalField field) => new(field, NameOf(field), field switch
    {
        SignalField.RoamingProven or SignalField.Reversed => FieldType.Flag,
        SignalField.DurationSeconds => FieldType.Number,
        _ => FieldType.Text,
    }, Required: false);

    private static ImmutableArray<FieldSpec>[] Build()
    {
        var all = new ImmutableArray<FieldSpec>[(int)SignalKind.TransferCorrection + 1];
        all[0] = [];
        all[(int)SignalKind.Call] =
        [
            .. Head, Needed(SignalField.Caller), Needed(SignalField.Callee), Maybe(SignalField.Origin), Maybe(SignalField.RoamingProven),
            Maybe(SignalField.Trunk), Maybe(SignalField.Device), Maybe(SignalField.DurationSeconds), Maybe(SignalField.Phase),
        ];
        all[(int)SignalKind.Message] = [.. Head, Needed(SignalField.Sender), Needed(SignalField.Recipient), Maybe(SignalField.Link)];
        all[(int)SignalKind.Subscription] =
        [
            .. Head, Needed(SignalField.Line), Maybe(SignalField.LineKind), Maybe(SignalField.Identity), Maybe(SignalField.Person),
            Maybe(SignalField.IdentityNumber), Maybe(SignalField.Agent), Maybe(SignalField.Device),
        ];
        all[(int)SignalKind.AccountOpening] =
        [
            .. Head, Needed(SignalField.Account), Maybe(SignalField.AccountKind), Maybe(SignalField.Identity), Maybe(SignalField.Person),
            Maybe(SignalField.IdentityNumber), Maybe(SignalField.OpeningBalanceAmount), Maybe(SignalField.OpeningBalanceCurrency),
            Maybe(SignalField.Line), Maybe(SignalField.Branch),
        ];
        all[(int)SignalKind.Transfer] =
        [
            .. Head, Maybe(SignalField.Payer), Maybe(SignalField.Payee), Needed(SignalField.Amount), Needed(SignalField.Currency),
            Maybe(SignalField.Means), Maybe(SignalField.OrderReference),
        ];
        all[(int)SignalKind.WebVisit] = [.. Head, Needed(SignalField.Line), Needed(SignalField.Domain)];
        all[(int)SignalKind.TransferCorrection] =
        [
            .. Head, Needed(SignalField.Transfer), Maybe(SignalField.Teller), Maybe(SignalField.Reversed), Maybe(SignalField.OrderReference),
        ];
        return all;
    }
}
