namespace Cordon.Engine.Signals;

/// <summary>
/// The fields of each kind of signal, in journal order: kind, member, id, then the rest.
/// Optional fields are announced by the bits of one flag byte, in the order in which they follow.
/// A changed layout takes a new record type; what is in a journal is never written anew.
/// </summary>
internal static class SignalCodec
{
    /// <summary>Writes kind, member and id: what makes a repeat recognisable.</summary>
    public static void WriteHead(ref FieldWriter to, Signal signal)
    {
        to.Byte((byte)signal.Kind);
        to.Member(signal.Member);
        to.Visible(signal.Id.Text, FieldLimits.IdLength, RecordFault.Id);
    }

    /// <summary>Writes what follows the head.</summary>
    public static void WriteBody(ref FieldWriter to, Signal signal)
    {
        to.At(signal.At);
        switch (signal)
        {
            case Call call: Write(ref to, call); break;
            case Message message: Write(ref to, message); break;
            case Subscription subscription: Write(ref to, subscription); break;
            case AccountOpening opening: Write(ref to, opening); break;
            case Transfer transfer: Write(ref to, transfer); break;
            case WebVisit visit: Write(ref to, visit); break;
            case TransferCorrection correction: Write(ref to, correction); break;
            default: to.Require(false, RecordFault.UnknownType); break;
        }
    }

    /// <summary>Reads a whole signal; null with the reader's fault set where the bytes are none.</summary>
    /// <param name="from">The bytes.</param>
    /// <param name="head">How many bytes were read when kind, member and id were.</param>
    public static Signal? Read(ref FieldReader from, out int head)
    {
        var kind = (SignalKind)from.Byte();
        var member = from.Member();
        var id = new SignalId(from.Visible(FieldLimits.IdLength, RecordFault.Id));
        head = from.Position;
        var at = from.At();
        if (from.Fault != RecordFault.None) return null;
        switch (kind)
        {
            case SignalKind.Call: return ReadCall(ref from, id, member, at);
            case SignalKind.Message: return ReadMessage(ref from, id, member, at);
            case SignalKind.Subscription: return ReadSubscription(ref from, id, member, at);
            case SignalKind.AccountOpening: return ReadOpening(ref from, id, member, at);
            case SignalKind.Transfer: return ReadTransfer(ref from, id, member, at);
            case SignalKind.WebVisit: return new WebVisit(id, member, at, from.Phone(), from.Domain());
            case SignalKind.TransferCorrection: return ReadCorrection(ref from, id, member, at);
            default:
                from.Require(false, RecordFault.UnknownType);
                return null;
        }
    }

    private static void Write(ref FieldWriter to, Call call)
    {
        to.Byte((byte)(Bit(call.RoamingProven, 0) | Bit(call.Trunk is not null, 1) | Bit(call.Device is not null, 2)
            | Bit(call.Phase != CallPhase.Complete, 3)));
        to.Phone(call.Caller);
        to.Phone(call.Callee);
        to.Choice((byte)call.Origin, (byte)CallOrigin.InternationalTrunk);
        to.Require(call.DurationSeconds >= 0, RecordFault.Duration);
        to.Unsigned(unchecked((uint)call.DurationSeconds));
        if (call.Trunk is { } trunk) to.Visible(trunk.Name, FieldLimits.TrunkLength, RecordFault.Trunk);
        if (call.Device is { } device) to.Device(device);
        if (call.Phase != CallPhase.Complete) to.Choice((byte)call.Phase, (byte)CallPhase.End);
    }

    private static Call ReadCall(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b1111);
        var caller = from.Phone();
        var callee = from.Phone();
        var origin = (CallOrigin)from.Choice((byte)CallOrigin.InternationalTrunk);
        var duration = from.Unsigned();
        from.Require(duration <= int.MaxValue, RecordFault.Duration);
        Trunk? trunk = Has(flags, 1) ? new Trunk(from.Visible(FieldLimits.TrunkLength, RecordFault.Trunk)) : null;
        Device? device = Has(flags, 2) ? from.Device() : null;
        var phase = Has(flags, 3) ? (CallPhase)from.Choice((byte)CallPhase.End) : CallPhase.Complete;
        // A record has one spelling: the phase that needs no byte is never written as one.
        from.Require(!Has(flags, 3) || phase != CallPhase.Complete, RecordFault.NotCanonical);
        return new Call(id, member, at, caller, callee, origin, Has(flags, 0), trunk, device, (int)(duration & int.MaxValue), phase);
    }

    private static void Write(ref FieldWriter to, Message message)
    {
        to.Byte((byte)Bit(message.Link is not null, 0));
        to.Phone(message.Sender);
        to.Phone(message.Recipient);
        if (message.Link is { } link) to.Domain(link);
    }

    private static Message ReadMessage(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b1);
        var sender = from.Phone();
        var recipient = from.Phone();
        Domain? link = Has(flags, 0) ? from.Domain() : null;
        return new Message(id, member, at, sender, recipient, link);
    }

    private static void Write(ref FieldWriter to, Subscription subscription)
    {
        to.Byte((byte)(Bit(subscription.Person is not null, 0) | Bit(subscription.Agent is not null, 1) | Bit(subscription.Device is not null, 2)));
        to.Phone(subscription.Line);
        to.Choice((byte)subscription.LineKind, (byte)LineKind.Iot);
        to.Choice((byte)subscription.Identity, (byte)IdentityCheck.Verified);
        if (subscription.Person is { } person) to.Person(person);
        if (subscription.Agent is { } agent) to.Code(agent);
        if (subscription.Device is { } device) to.Device(device);
    }

    private static Subscription ReadSubscription(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b111);
        var line = from.Phone();
        var kind = (LineKind)from.Choice((byte)LineKind.Iot);
        var identity = (IdentityCheck)from.Choice((byte)IdentityCheck.Verified);
        PersonToken? person = Has(flags, 0) ? from.Person() : null;
        var agent = Has(flags, 1) ? from.Code() : null;
        Device? device = Has(flags, 2) ? from.Device() : null;
        return new Subscription(id, member, at, line, kind, identity, person, agent, device);
    }

    private static void Write(ref FieldWriter to, AccountOpening opening)
    {
        to.Byte((byte)(Bit(opening.Person is not null, 0) | Bit(opening.OpeningBalance is not null, 1)
            | Bit(opening.Line is not null, 2) | Bit(opening.Branch is not null, 3)));
        to.Account(opening.Account);
        to.Choice((byte)opening.AccountKind, (byte)AccountKind.Wallet);
        to.Choice((byte)opening.Identity, (byte)IdentityCheck.Verified);
        if (opening.Person is { } person) to.Person(person);
        if (opening.OpeningBalance is { } balance) to.Amount(balance, least: 0);
        if (opening.Line is { } line) to.Phone(line);
        if (opening.Branch is { } branch) to.Code(branch);
    }

    private static AccountOpening ReadOpening(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b1111);
        var account = from.Account();
        var kind = (AccountKind)from.Choice((byte)AccountKind.Wallet);
        var identity = (IdentityCheck)from.Choice((byte)IdentityCheck.Verified);
        PersonToken? person = Has(flags, 0) ? from.Person() : null;
        Amount? balance = Has(flags, 1) ? from.Amount(least: 0) : null;
        PhoneNumber? line = Has(flags, 2) ? from.Phone() : null;
        var branch = Has(flags, 3) ? from.Code() : null;
        return new AccountOpening(id, member, at, account, kind, identity, person, balance, line, branch);
    }

    private static void Write(ref FieldWriter to, Transfer transfer)
    {
        to.Require(transfer.Payer is not null || transfer.Payee is not null, RecordFault.NoParty);
        to.Byte((byte)(Bit(transfer.Payer is not null, 0) | Bit(transfer.Payee is not null, 1) | Bit(transfer.OrderReference is not null, 2)));
        if (transfer.Payer is { } payer) to.Account(payer);
        if (transfer.Payee is { } payee) to.Account(payee);
        to.Amount(transfer.Amount, least: 1);
        to.Choice((byte)transfer.Means, (byte)TransferMeans.VirtualCurrency);
        if (transfer.OrderReference is { } reference) to.Visible(reference, FieldLimits.OrderReferenceLength, RecordFault.OrderReference);
    }

    private static Transfer ReadTransfer(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b111);
        from.Require((flags & 0b11) != 0, RecordFault.NoParty);
        AccountNumber? payer = Has(flags, 0) ? from.Account() : null;
        AccountNumber? payee = Has(flags, 1) ? from.Account() : null;
        var amount = from.Amount(least: 1);
        var means = (TransferMeans)from.Choice((byte)TransferMeans.VirtualCurrency);
        var reference = Has(flags, 2) ? from.Visible(FieldLimits.OrderReferenceLength, RecordFault.OrderReference) : null;
        return new Transfer(id, member, at, payer, payee, amount, means, reference);
    }

    private static void Write(ref FieldWriter to, WebVisit visit)
    {
        to.Phone(visit.Line);
        to.Domain(visit.Domain);
    }

    private static void Write(ref FieldWriter to, TransferCorrection correction)
    {
        to.Require(correction.Reversed is not null || correction.OrderReference is not null, RecordFault.NothingCorrected);
        to.Require(correction.Reversed is null || correction.Teller == correction.Member, RecordFault.NotTeller);
        var isOther = correction.Teller != correction.Member;
        to.Byte((byte)(Bit(isOther, 0) | Bit(correction.Reversed is not null, 1) | Bit(correction.Reversed == true, 2) | Bit(correction.OrderReference is not null, 3)));
        if (isOther) to.Member(correction.Teller);
        to.Visible(correction.Transfer.Text, FieldLimits.IdLength, RecordFault.Id);
        if (correction.OrderReference is { } reference) to.Visible(reference, FieldLimits.OrderReferenceLength, RecordFault.OrderReference);
    }

    private static TransferCorrection ReadCorrection(ref FieldReader from, SignalId id, MemberCode member, Instant at)
    {
        var flags = from.Flags(0b1111);
        from.Require((flags & 0b1010) != 0, RecordFault.NothingCorrected);
        from.Require(Has(flags, 1) || !Has(flags, 2), RecordFault.NotCanonical);
        from.Require(!Has(flags, 0) || !Has(flags, 1), RecordFault.NotTeller);
        var teller = Has(flags, 0) ? from.Member() : member;
        // A record has one spelling: the member's own transfers are never told as another's.
        from.Require(!Has(flags, 0) || teller != member, RecordFault.NotCanonical);
        var transfer = new SignalId(from.Visible(FieldLimits.IdLength, RecordFault.Id));
        var reference = Has(flags, 3) ? from.Visible(FieldLimits.OrderReferenceLength, RecordFault.OrderReference) : null;
        return new TransferCorrection(id, member, at, teller, transfer, Has(flags, 1) ? Has(flags, 2) : null, reference);
    }

    private static int Bit(bool set, int place) => set ? 1 << place : 0;

    private static bool Has(byte flags, int place) => (flags & (1 << place)) != 0;
}
