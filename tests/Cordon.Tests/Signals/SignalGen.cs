using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Signals;

/// <summary>
/// Generators of every value and signal, within the limits that a journal takes and up to their edges.
/// The pools are small on purpose, so that signals meet on the same lines, accounts and ids.
/// </summary>
internal static class SignalGen
{
    private const string VisibleCharacters = "!#-.09:AZ_az~";

    public static readonly Gen<Instant> AnyInstant = Gen.OneOf(
        Gen.Long[Engine.Signals.Instant.Min.Micros, Engine.Signals.Instant.Max.Micros].Select(micros => new Instant(micros)),
        Gen.OneOf(Engine.Signals.Instant.Min, Engine.Signals.Instant.Max, new Instant(0), new Instant(-1)));

    /// <summary>Instants of one day of 2026, close enough to collide.</summary>
    public static readonly Gen<Instant> Instant = Gen.Int[0, 86_400].Select(second => Day + TimeSpan.FromSeconds(second));

    public static readonly Gen<MemberCode> Member = Gen.OneOf("bank-a", "bank-b", "pay.c", "telco_1", "mvno-2").Select(MemberCode.Parse);

    public static readonly Gen<PhoneNumber> AnyPhone = Gen.OneOf(
        Gen.Long[1_000, 999_999_999_999_999], Gen.OneOf(1_000L, 999_999_999_999_999L)).Select(digits => new PhoneNumber(digits));

    public static readonly Gen<PhoneNumber> Phone = Gen.Int[0, 30].Select(n => new PhoneNumber(8_613_800_000_000 + n));

    public static readonly Gen<AccountNumber> Account = Gen.Select(Member, Gen.Int[0, 30], (member, n) => new AccountNumber(member, $"6222{n:D12}"));

    public static readonly Gen<PersonToken> Person = Gen.Select(Gen.Byte[1, 2], Gen.ULong[0, 12], (version, hash) => new PersonToken(version, hash));

    public static readonly Gen<Device> Device = Gen.Long[0, 99_999_999_999_999].Select(imei => new Device(imei));

    public static readonly Gen<SignalId> Id = Visible(1, 64).Select(text => new SignalId(text));

    public static readonly Gen<Trunk> Trunk = Visible(1, 64).Select(text => new Trunk(text));

    public static readonly Gen<Domain> Domain = Gen.OneOf("example.org", "a.cn", new string('x', 253)).Select(name => new Domain(name));

    public static readonly Gen<string> Code = Gen.OneOf("agent-7", "城西营业部", "🏦", new string('网', 64), "with space");

    public static readonly Gen<Currency> Currency = Gen.OneOf("CNY", "USD", "JPY", "KWD", "XXX").Select(Engine.Signals.Currency.Parse);

    public static readonly Gen<Call> Call =
        from head in Head
        from ends in Gen.Select(Phone, Phone)
        from origin in Gen.Enum<CallOrigin>()
        from roams in Gen.Bool
        from trunk in Maybe(Trunk)
        from device in Maybe(Device)
        from seconds in Gen.OneOf(Gen.Int[0, 7_200], Gen.Const(int.MaxValue))
        from phase in Gen.Enum<CallPhase>()
        select new Call(head.Id, head.Member, head.At, ends.Item1, ends.Item2, origin, roams, trunk, device, seconds, phase);

    public static readonly Gen<Message> Message =
        from head in Head
        from ends in Gen.Select(AnyPhone, Phone)
        from link in Maybe(Domain)
        select new Message(head.Id, head.Member, head.At, ends.Item1, ends.Item2, link);

    public static readonly Gen<Subscription> Subscription =
        from head in Head
        from line in Phone
        from kind in Gen.Enum<LineKind>()
        from identity in Gen.Enum<IdentityCheck>()
        from person in Maybe(Person)
        from agent in Code.Null(0.5)
        from device in Maybe(Device)
        select new Subscription(head.Id, head.Member, head.At, line, kind, identity, person, agent, device);

    public static readonly Gen<AccountOpening> AccountOpening =
        from head in Head
        from account in Account
        from kind in Gen.Enum<AccountKind>()
        from identity in Gen.Enum<IdentityCheck>()
        from person in Maybe(Person)
        from balance in Maybe(Amount(0))
        from line in Maybe(Phone)
        from branch in Code.Null(0.5)
        select new AccountOpening(head.Id, head.Member, head.At, account, kind, identity, person, balance, line, branch);

    public static readonly Gen<Transfer> Transfer =
        from head in Head
        from sides in Gen.Int[1, 3]
        from ends in Gen.Select(Account, Account)
        from amount in Amount(1)
        from means in Gen.Enum<TransferMeans>()
        from reference in Visible(1, 64).Null(0.7)
        select new Transfer(head.Id, head.Member, head.At,
            (sides & 1) != 0 ? ends.Item1 : null, (sides & 2) != 0 ? ends.Item2 : null, amount, means, reference);

    public static readonly Gen<WebVisit> WebVisit =
        from head in Head
        from line in Phone
        from domain in Domain
        select new WebVisit(head.Id, head.Member, head.At, line, domain);

    public static readonly Gen<TransferCorrection> TransferCorrection =
        from head in Head
        from teller in Member
        from transfer in Id
        from reversed in Gen.OneOf((bool?)null, true, false)
        from reference in Visible(1, 64).Null(0.3)
        let ownReversal = reversed is not null || reference is null
        select new TransferCorrection(head.Id, head.Member, head.At, ownReversal ? head.Member : teller, transfer, ownReversal ? reversed ?? true : null, reference);

    public static readonly Gen<Signal> Signal = Gen.OneOf(
        Call.Select(Base), Message.Select(Base), Subscription.Select(Base), AccountOpening.Select(Base), Transfer.Select(Base), WebVisit.Select(Base),
        TransferCorrection.Select(Base));

    public static readonly Gen<ListChanged> ListChanged =
        from command in Gen.Guid
        from list in Gen.Enum<ListName>()
        from phone in Phone
        from account in Account
        from domain in Domain
        from device in Device
        from present in Gen.Bool
        from at in Instant
        from until in Maybe(Instant)
        select new ListChanged(command, list, Entry(list, phone, account, domain, device), present, at, until);

    public static readonly Gen<RulebookActivated> RulebookActivated =
        from command in Gen.Guid
        from hash in Gen.String[Gen.Char["0123456789abcdef"], 64, 64]
        from at in Instant
        select new RulebookActivated(command, hash, at);

    public static readonly Gen<RulebookPrepared> RulebookPrepared = RulebookActivated.Select(a => new RulebookPrepared(a.CommandId, a.Hash, a.At));

    public static readonly Gen<MemberPlaced> MemberPlaced =
        from command in Gen.Guid
        from member in Member
        from region in Gen.OneOf("cn", "cn-33", "cn-3301", new string('r', 32))
        from at in Instant
        select new MemberPlaced(command, member, region, at);

    public static readonly Gen<AnswerDegraded> AnswerDegraded =
        from command in Gen.Guid
        from kind in Gen.Enum<SignalKind>().Where(kind => kind != SignalKind.TransferCorrection)
        from member in Member
        from id in Id
        from action in Gen.Enum<VerdictAction>()
        from at in Instant
        select new AnswerDegraded(command, kind, member, id, action, at);

    public static readonly Gen<EngineRecord> Record = Gen.Frequency(
        (5, Signal.Select(signal => (EngineRecord)new SignalAccepted(signal))),
        (1, ListChanged.Select(change => (EngineRecord)change)),
        (1, RulebookActivated.Select(activated => (EngineRecord)activated)),
        (1, RulebookPrepared.Select(prepared => (EngineRecord)prepared)),
        (1, MemberPlaced.Select(placed => (EngineRecord)placed)),
        (1, AnswerDegraded.Select(answer => (EngineRecord)answer)));

    private static readonly Instant Day = Parse("2026-03-02");

    private static Gen<(SignalId Id, MemberCode Member, Instant At)> Head => Gen.Select(Id, Member, Gen.Frequency((9, Instant), (1, AnyInstant)));

    /// <summary>Amounts from a least one up to all that 64 bits hold.</summary>
    public static Gen<Amount> Amount(long least) => Gen.Select(
        Gen.OneOf(Gen.Long[least, 10_000_000], Gen.OneOf(least, long.MaxValue)), Currency, (minor, currency) => new Amount(minor, currency));

    public static Instant Parse(string text) =>
        Engine.Signals.Instant.TryParse(text, out var at) ? at : throw new FormatException(text);

    private static Gen<string> Visible(int least, int most) => Gen.OneOf(
        Gen.Int[0, 999].Select(n => $"S{n}"), Gen.String[Gen.Char[VisibleCharacters], least, most]);

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : struct => Gen.Select(Gen.Bool, gen, (has, value) => has ? value : (T?)null);

    private static Signal Base(Signal signal) => signal;

    private static string Entry(ListName list, PhoneNumber phone, AccountNumber account, Domain domain, Device device) => list switch
    {
        ListName.FraudNumbers or ListName.NeverBlockNumbers => phone.ToString(),
        ListName.FraudDomains => domain.Name,
        ListName.FraudDevices => device.ToString(),
        ListName.RestrictedPersons => new PersonToken(1, (UInt128)phone.Digits).ToString(),
        _ => account.ToString(),
    };
}
