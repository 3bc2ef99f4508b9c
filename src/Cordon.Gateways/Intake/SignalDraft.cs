using System.Text;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

/// <summary>
/// A signal while its fields come in, in any order, as UTF-8 text. Judges each value and gives the signal or all faults.
/// One draft serves one stream after another row; it is not for two threads.
/// </summary>
/// <param name="door">What the door knows.</param>
/// <param name="cacheLimit">So many accounts and numbers are remembered at most.</param>
internal sealed partial class SignalDraft(Door door, int cacheLimit = 1 << 20)
{
    private const int AmountBytes = 64;

    private readonly List<IntakeFault> faults = [];
    private readonly Utf8Cache<MemberCode> members = new(cacheLimit);
    private readonly Utf8Cache<AccountNumber> accounts = new(cacheLimit);
    private readonly Utf8Cache<PhoneNumber> shownPhones = new(cacheLimit);
    private readonly Utf8Cache<PhoneNumber> linePhones = new(cacheLimit);
    private readonly Utf8Cache<Domain> domains = new(cacheLimit);
    private readonly byte[] amountText = new byte[AmountBytes];
    private int amountLength;
    private ulong present;

    private SignalKind kind;
    private SignalId id;
    private MemberCode member;
    private Instant at;
    private PhoneNumber first;
    private PhoneNumber second;
    private CallOrigin origin;
    private CallPhase phase;
    private bool roamingProven;
    private string? code;
    private Device device;
    private int durationSeconds;
    private Domain domain;
    private LineKind lineKind;
    private IdentityCheck identity;
    private PersonToken person;
    private AccountNumber account;
    private AccountNumber payee;
    private AccountKind accountKind;
    private Currency currency;
    private TransferMeans means;
    private MemberCode teller;
    private SignalId transfer;
    private bool reversed;

    /// <summary>What decimals beyond the currency's digits mean: set by presets.</summary>
    public AmountRounding Rounding { get; set; } = AmountRounding.Refuse;

    /// <summary>Amount taken minus amount written of the last signal, in major units; zero where nothing was rounded.</summary>
    public decimal RoundingDifference { get; private set; }

    /// <summary>Whether the amount of the last signal was rounded.</summary>
    public bool WasRounded { get; private set; }

    /// <summary>Forgets the last signal.</summary>
    public void Begin(SignalKind newKind)
    {
        kind = newKind;
        faults.Clear();
        present = 0;
        amountLength = 0;
        WasRounded = false;
        RoundingDifference = 0;
    }

    /// <summary>Adds a fault found outside.</summary>
    public void Fault(string field, string reason, string message) => faults.Add(new IntakeFault(field, reason, message));

    /// <summary>Whether a value was given, sound or not.</summary>
    public bool Has(SignalField field) => (present & Bit(field)) != 0;

    /// <summary>Takes an instant that was computed.</summary>
    public void SetAt(Instant value)
    {
        present |= Bit(SignalField.At);
        at = value;
    }

    /// <summary>Takes the text of a field; empty text counts as not given.</summary>
    public void Set(SignalField field, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        present |= Bit(field);
        switch (field)
        {
            case SignalField.Id: id = Id(field, text); break;
            case SignalField.Member: member = Member(field, text); break;
            case SignalField.Teller: teller = Member(field, text); break;
            case SignalField.Transfer: transfer = Id(field, text); break;
            case SignalField.Reversed: reversed = Flag(field, text); break;
            case SignalField.At: SetTime(text); break;
            case SignalField.Caller or SignalField.Sender: first = Phone(field, text, PhoneCheck.Shown, shownPhones); break;
            case SignalField.Line: first = Phone(field, text, door.LinePhones, linePhones); break;
            case SignalField.Callee or SignalField.Recipient: second = Phone(field, text, door.LinePhones, linePhones); break;
            case SignalField.Origin: origin = Choice<CallOrigin>(field, text); break;
            case SignalField.Phase: phase = Choice<CallPhase>(field, text); break;
            case SignalField.RoamingProven: roamingProven = Flag(field, text); break;
            case SignalField.Trunk or SignalField.Agent or SignalField.Branch or SignalField.OrderReference: code = Code(field, text); break;
            case SignalField.Device: SetDevice(text); break;
            case SignalField.DurationSeconds: SetDuration(text); break;
            case SignalField.Link or SignalField.Domain: domain = DomainName(field, text); break;
            case SignalField.LineKind: lineKind = Choice<LineKind>(field, text); break;
            case SignalField.Identity: identity = Choice<IdentityCheck>(field, text); break;
            case SignalField.Person: SetPerson(text); break;
            case SignalField.IdentityNumber: SetIdentityNumber(text); break;
            case SignalField.Account or SignalField.Payer: account = Account(field, text); break;
            case SignalField.Payee: payee = Account(field, text); break;
            case SignalField.AccountKind: accountKind = Choice<AccountKind>(field, text); break;
            case SignalField.Amount or SignalField.OpeningBalanceAmount: SetAmountText(field, text); break;
            case SignalField.Currency or SignalField.OpeningBalanceCurrency: SetCurrency(field, text); break;
            case SignalField.Means: means = Choice<TransferMeans>(field, text); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Not of the closed set.");
        }
    }

    /// <summary>The signal, or all that is wrong with it. The list of faults is the caller's own.</summary>
    public Reading<Signal> Finish()
    {
        foreach (var spec in SignalFields.Of(kind))
            if (spec.Required && !Has(spec.Field)) Fault(spec.Name, IntakeReason.Required, $"'{spec.Name}' is needed.");
        if (faults.Count == 0) RefuseFuture();
        if (faults.Count == 0 && Build() is { } signal) return new Reading<Signal>(signal, []);
        return new Reading<Signal>(null, faults.ToArray());
    }

    private Signal? Build()
    {
        RefuseNumbersAsIds();
        Signal? signal = kind switch
        {
            SignalKind.Call => new Call(id, member, at, first, second, Told(SignalField.Origin, origin), Has(SignalField.RoamingProven) && roamingProven,
                Has(SignalField.Trunk) ? new Trunk(code!) : null, Maybe(SignalField.Device, device), Told(SignalField.DurationSeconds, durationSeconds),
                Told(SignalField.Phase, phase)),
            SignalKind.Message => new Message(id, member, at, first, second, Maybe(SignalField.Link, domain)),
            SignalKind.Subscription => new Subscription(id, member, at, first, Told(SignalField.LineKind, lineKind), Told(SignalField.Identity, identity),
                Person(), Has(SignalField.Agent) ? code : null, Maybe(SignalField.Device, device)),
            SignalKind.AccountOpening => BuildOpening(),
            SignalKind.Transfer => BuildTransfer(),
            SignalKind.WebVisit => new WebVisit(id, member, at, first, domain),
            SignalKind.TransferCorrection => BuildCorrection(),
            _ => throw new InvalidOperationException($"A draft was finished without a kind: {kind}."),
        };
        return faults.Count == 0 ? signal : null;
    }

    private AccountOpening? BuildOpening()
    {
        Amount? balance = null;
        if (Has(SignalField.OpeningBalanceAmount) != Has(SignalField.OpeningBalanceCurrency))
        {
            Fault(SignalFields.OpeningBalance, IntakeReason.Required, "An opening balance needs both amount and currency.");
            return null;
        }
        if (Has(SignalField.OpeningBalanceAmount))
        {
            if (!ReadAmount(SignalField.OpeningBalanceAmount, out var amount)) return null;
            balance = amount;
        }
        return new AccountOpening(id, member, at, account, Told(SignalField.AccountKind, accountKind), Told(SignalField.Identity, identity),
            Person(), balance, Maybe(SignalField.Line, first), Has(SignalField.Branch) ? code : null);
    }

    private Transfer? BuildTransfer()
    {
        if (!Has(SignalField.Payer) && !Has(SignalField.Payee))
        {
            Fault("payer", IntakeReason.Required, "A transfer needs a payer or a payee: money from outside to outside is no one's.");
            return null;
        }
        if (!ReadAmount(SignalField.Amount, out var amount)) return null;
        if (amount.Minor == 0)
        {
            var (reason, message) = AmountFaults.Describe(AmountFault.None, "", currency);
            Fault("amount", reason, message);
            return null;
        }
        return new Transfer(id, member, at, Maybe(SignalField.Payer, account), Maybe(SignalField.Payee, payee), amount,
            Told(SignalField.Means, means), Has(SignalField.OrderReference) ? code : null);
    }

    private TransferCorrection? BuildCorrection()
    {
        if (!Has(SignalField.Reversed) && !Has(SignalField.OrderReference))
        {
            Fault("reversed", IntakeReason.Required, "A correction tells 'reversed' or 'orderReference'. An amount is corrected by reversing the transfer and telling another.");
            return null;
        }
        var toldBy = Has(SignalField.Teller) ? teller : member;
        if (Has(SignalField.Reversed) && toldBy != member)
        {
            Fault("teller", IntakeReason.NotTeller, $"Only {toldBy}, which told the transfer, tells that it was reversed.");
            return null;
        }
        return new TransferCorrection(id, member, at, toldBy, transfer, Maybe(SignalField.Reversed, reversed), Has(SignalField.OrderReference) ? code : null);
    }

    private PersonToken? Person()
    {
        if (Has(SignalField.Person) && Has(SignalField.IdentityNumber))
            Fault("person", IntakeReason.RepeatedField, "Give 'person' or 'identityNumber', not both.");
        return Has(SignalField.Person) || Has(SignalField.IdentityNumber) ? person : null;
    }

    private T? Maybe<T>(SignalField field, T value) where T : struct => Has(field) ? value : null;

    private T Told<T>(SignalField field, T value) where T : struct => Has(field) ? value : default;

    private static ulong Bit(SignalField field) => 1ul << (int)field;

    private static string TextOf(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}
