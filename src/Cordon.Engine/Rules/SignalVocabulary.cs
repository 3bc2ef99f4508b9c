using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Rules.Cel.Library;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Rules;

/// <summary>The words in which conditions speak of signals: docs/reference/rulebook.md, in code.</summary>
internal static class SignalVocabulary
{
    public static readonly CelType Phone = CelType.Opaque("phone", typeof(PhoneNumber));
    public static readonly CelType Account = CelType.Opaque("account", typeof(AccountNumber));
    public static readonly CelType Person = CelType.Opaque("person", typeof(PersonToken));
    public static readonly CelType Device = CelType.Opaque("device", typeof(Device));
    public static readonly CelType Trunk = CelType.Opaque("trunk", typeof(Trunk));
    public static readonly CelType Domain = CelType.Opaque("domain", typeof(Domain));
    public static readonly CelType Line = CelType.Opaque("line", typeof(Subscription));
    public static readonly CelType Holding = CelType.Opaque("holding", typeof(AccountOpening));

    private static readonly CelType Origin = CelType.Opaque("Origin", typeof(CallOrigin));
    private static readonly CelType Phase = CelType.Opaque("Phase", typeof(CallPhase));
    private static readonly CelType LineKinds = CelType.Opaque("Line", typeof(LineKind));
    private static readonly CelType Identity = CelType.Opaque("Identity", typeof(IdentityCheck));
    private static readonly CelType AccountKinds = CelType.Opaque("Account", typeof(AccountKind));
    private static readonly CelType Means = CelType.Opaque("Means", typeof(TransferMeans));

    private static readonly Dictionary<string, SignalKind> Kinds = new(StringComparer.Ordinal)
    {
        ["call"] = SignalKind.Call,
        ["message"] = SignalKind.Message,
        ["subscription"] = SignalKind.Subscription,
        ["account_opening"] = SignalKind.AccountOpening,
        ["transfer"] = SignalKind.Transfer,
        ["web_visit"] = SignalKind.WebVisit,
    };

    private static readonly Dictionary<SignalKind, Type> ClrTypes = new()
    {
        [SignalKind.Call] = typeof(Call),
        [SignalKind.Message] = typeof(Message),
        [SignalKind.Subscription] = typeof(Subscription),
        [SignalKind.AccountOpening] = typeof(AccountOpening),
        [SignalKind.Transfer] = typeof(Transfer),
        [SignalKind.WebVisit] = typeof(WebVisit),
    };

    /// <summary>The names of the kinds of signal, in the order of the kinds.</summary>
    public static IEnumerable<string> KindNames => Kinds.Keys;

    /// <summary>Reads the name of a kind.</summary>
    public static bool TryReadKind(string name, out SignalKind kind) => Kinds.TryGetValue(name, out kind);

    /// <summary>The variable that conditions over a kind of signal look at.</summary>
    public static string NameOf(SignalKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>The signal in a condition's code, as its own type.</summary>
    public static Expression Subject(SignalKind kind, ParameterExpression signal) => Expression.Call(typeof(Unsafe), nameof(Unsafe.As), [ClrTypes[kind]], signal);

    /// <summary>The language with the fields of one kind of signal, where money is of one currency.</summary>
    public static CelEnvironment Environment(SignalKind kind, Currency currency) => CelEnvironment.Standard.With(words =>
    {
        AddTypes(words);
        IdentifierVocabulary.AddTo(words);
        RegisterVocabulary.AddTo(words);
        var subject = CelType.Opaque(NameOf(kind), ClrTypes[kind]);
        words.Variable(NameOf(kind), subject);
        var fields = new FieldList(words, subject);
        fields.Add("id", CelType.String, s => Expression.Property(Expression.Property(s, nameof(Signal.Id)), nameof(SignalId.Text)));
        fields.Add("member", CelType.String, s => Expression.Call(Expression.Property(s, nameof(Signal.Member)), nameof(MemberCode.ToString), null));
        fields.Add("at", CelType.Timestamp, s => Expression.Call(typeof(CelTimestamp), nameof(CelTimestamp.From), null, Expression.Property(s, nameof(Signal.At))));
        AddFields(fields, kind, currency);
    });

    private static void AddTypes(CelEnvironmentBuilder words)
    {
        AddNames<CallOrigin>(words, Origin);
        AddNames<CallPhase>(words, Phase);
        AddNames<LineKind>(words, LineKinds);
        AddNames<IdentityCheck>(words, Identity);
        AddNames<AccountKind>(words, AccountKinds);
        AddNames<TransferMeans>(words, Means);
        var line = new FieldList(words, Line);
        line.Add("known", CelType.Bool, s => Expression.ReferenceNotEqual(s, Expression.Constant(null, typeof(Subscription))));
        line.Told("kind", LineKinds, s => ((Subscription)s).LineKind);
        line.Told("identity", Identity, s => ((Subscription)s).Identity);
        line.Told("person", Person, s => ((Subscription)s).Person.GetValueOrDefault());
        line.Told("member", CelType.String, s => ((Subscription)s).Member.ToString());
        line.Told("agent", CelType.String, s => ((Subscription)s).Agent ?? "");
        line.Told("device", Device, s => ((Subscription)s).Device.GetValueOrDefault());
        var holding = new FieldList(words, Holding);
        holding.Add("known", CelType.Bool, s => Expression.ReferenceNotEqual(s, Expression.Constant(null, typeof(AccountOpening))));
        holding.Told("kind", AccountKinds, s => ((AccountOpening)s).AccountKind);
        holding.Told("identity", Identity, s => ((AccountOpening)s).Identity);
        holding.Told("person", Person, s => ((AccountOpening)s).Person.GetValueOrDefault());
        holding.Told("line", Phone, s => ((AccountOpening)s).Line.GetValueOrDefault());
        holding.Told("member", CelType.String, s => ((AccountOpening)s).Account.Member.ToString());
        holding.Told("branch", CelType.String, s => ((AccountOpening)s).Branch ?? "");
    }

    private static void AddFields(FieldList fields, SignalKind kind, Currency currency)
    {
        switch (kind)
        {
            case SignalKind.Call:
                fields.Plain("caller", Phone, nameof(Call.Caller));
                fields.Plain("callee", Phone, nameof(Call.Callee));
                fields.Plain("origin", Origin, nameof(Call.Origin));
                fields.Plain("phase", Phase, nameof(Call.Phase));
                fields.Plain("roaming_proven", CelType.Bool, nameof(Call.RoamingProven));
                fields.Optional("trunk", Trunk, nameof(Call.Trunk));
                fields.Optional("device", Device, nameof(Call.Device));
                fields.Add("duration", CelType.Duration, s => Expression.Call(
                    typeof(SignalVocabulary), nameof(Seconds), null, Expression.Property(s, nameof(Call.DurationSeconds))));
                fields.Add("answered", CelType.Bool, s => Expression.GreaterThan(Expression.Property(s, nameof(Call.DurationSeconds)), Expression.Constant(0)));
                break;
            case SignalKind.Message:
                fields.Plain("sender", Phone, nameof(Message.Sender));
                fields.Plain("recipient", Phone, nameof(Message.Recipient));
                fields.Optional("link", Domain, nameof(Message.Link));
                break;
            case SignalKind.Subscription:
                fields.Plain("line", Phone, nameof(Subscription.Line));
                fields.Plain("kind", LineKinds, nameof(Subscription.LineKind));
                fields.Plain("identity", Identity, nameof(Subscription.Identity));
                fields.Optional("person", Person, nameof(Subscription.Person));
                fields.Text("agent", nameof(Subscription.Agent));
                fields.Optional("device", Device, nameof(Subscription.Device));
                break;
            case SignalKind.AccountOpening:
                fields.Plain("account", Account, nameof(AccountOpening.Account));
                fields.Plain("kind", AccountKinds, nameof(AccountOpening.AccountKind));
                fields.Plain("identity", Identity, nameof(AccountOpening.Identity));
                fields.Optional("person", Person, nameof(AccountOpening.Person));
                fields.Optional("line", Phone, nameof(AccountOpening.Line));
                fields.Text("branch", nameof(AccountOpening.Branch));
                break;
            case SignalKind.Transfer:
                fields.Optional("payer", Account, nameof(Transfer.Payer));
                fields.Optional("payee", Account, nameof(Transfer.Payee));
                fields.Plain("amount", CelMoney.Of(currency.Code), nameof(Transfer.Amount));
                fields.Plain("means", Means, nameof(Transfer.Means));
                break;
            default:
                fields.Plain("line", Phone, nameof(WebVisit.Line));
                fields.Plain("domain", Domain, nameof(WebVisit.Domain));
                break;
        }
    }

    internal static CelDuration Seconds(int seconds) => CelDuration.FromMicros(seconds * 1_000_000L);

    private static void AddNames<T>(CelEnvironmentBuilder words, CelType type)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) words.Constant($"{type.Name}.{value}", type, value);
    }

    /// <summary>Fields of one type of the language.</summary>
    private sealed class FieldList(CelEnvironmentBuilder words, CelType owner)
    {
        public void Add(string name, CelType type, Func<Expression, Expression> emit, Func<Expression, Expression>? presence = null) =>
            words.Field(new CelField(owner, name, type, emit, presence));

        public void Plain(string name, CelType type, string property) => Add(name, type, s => Expression.Property(s, property));

        /// <summary>A field that may not have been told: default where it was not, and <c>has</c> tells.</summary>
        public void Optional(string name, CelType type, string property) => Add(
            name, type,
            s => Expression.Call(Expression.Property(s, property), nameof(Nullable<>.GetValueOrDefault), null),
            s => Expression.Property(Expression.Property(s, property), nameof(Nullable<>.HasValue)));

        public void Text(string name, string property) => Add(
            name, CelType.String,
            s => Expression.Coalesce(Expression.Property(s, property), Expression.Constant("")),
            s => Expression.ReferenceNotEqual(Expression.Property(s, property), Expression.Constant(null, typeof(string))));

        /// <summary>A field of what holds for a line or account: default where nothing was told, and <c>has</c> tells.</summary>
        public void Told<T>(string name, CelType type, Func<Signal, T> read)
        {
            var field = Expression.Constant(new ToldField<T>(read));
            Add(name, type, s => Expression.Call(field, nameof(ToldField<>.Of), null, s), s => Expression.Call(field, nameof(ToldField<>.Has), null, s));
        }
    }

    /// <summary>Reads a field of the record that holds; what was never told has the type's default.</summary>
    private sealed class ToldField<T>(Func<Signal, T> read)
    {
        private static readonly T Untold = typeof(T) == typeof(string) ? (T)(object)"" : default!;

        public T Of(Subscription? line) => line is null ? Untold : read(line);

        public bool Has(Subscription? line) => !EqualityComparer<T>.Default.Equals(Of(line), Untold);

        public bool Has(AccountOpening? account) => !EqualityComparer<T>.Default.Equals(Of(account), Untold);

        public T Of(AccountOpening? account) => account is null ? Untold : read(account);
    }
}
