using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Brings near what a batch of signals will read in the registers. One after another, each signal would wait for a dozen far places of the
/// memory; looked at together, all wait at once. It changes nothing: what was brought near in vain costs a little time, no more.
/// </summary>
internal sealed class SignalsAhead(EngineKnowledge known)
{
    private readonly KeyBatch phones = new();
    private readonly KeyBatch talking = new();
    private readonly KeyBatch accountLines = new();
    private readonly KeyBatch holders = new();
    private readonly KeyBatch lineHolders = new();
    private AccountNumber[] accounts = new AccountNumber[2 * BatchJudge.MostSignals];
    private int[] numbers = new int[2 * BatchJudge.MostSignals];
    private int[] rows = new int[2 * BatchJudge.MostSignals];
    private int count;

    /// <summary>Looks ahead to at most <see cref="BatchJudge.MostSignals"/> records.</summary>
    public void LookAt(ReadOnlySpan<EngineRecord> records)
    {
        Clear();
        foreach (var record in records)
            if (record is SignalAccepted { Signal: var signal }) Note(signal);
        FindAccounts();
        known.Lines.LookAheadTo(phones, rows);
        NoteHolders();
        known.Talks.LookAheadTo(talking, rows);
        known.Talks.LookAheadTo(accountLines, rows);
        known.Lines.LookAheadTo(accountLines, rows);
        known.Accounts.LookAheadTo(holders, rows);
        known.Lines.LookAheadToPersons(holders, rows);
        known.Lines.LookAheadToPersons(lineHolders, rows);
    }

    private void Clear()
    {
        foreach (var keys in (ReadOnlySpan<KeyBatch>)[phones, talking, accountLines, holders, lineHolders]) keys.Clear();
        count = 0;
    }

    private void Note(Signal signal)
    {
        switch (signal)
        {
            case Call call:
                phones.Add(call.Caller);
                phones.Add(call.Callee);
                talking.Add(call.Caller);
                talking.Add(call.Callee);
                known.Calls.LookAheadTo(call);
                break;
            case Message message:
                phones.Add(message.Sender);
                phones.Add(message.Recipient);
                break;
            case Subscription subscription:
                phones.Add(subscription.Line);
                if (subscription.Person is { } holder) lineHolders.Add(holder);
                break;
            case AccountOpening opening:
                accounts[count++] = opening.Account;
                if (opening.Line is { } line) accountLines.Add(line);
                if (opening.Person is { } person) holders.Add(person);
                break;
            case Transfer transfer:
                if (transfer.Payer is { } payer) accounts[count++] = payer;
                if (transfer.Payee is { } payee) accounts[count++] = payee;
                known.Money.LookAheadTo(transfer);
                break;
            case WebVisit visit:
                talking.Add(visit.Line);
                break;
        }
    }

    private void FindAccounts()
    {
        var found = numbers.AsSpan(0, count);
        known.LookAheadTo(accounts.AsSpan(0, count), found);
        foreach (var number in found) LookAhead.To(known.Accounts.Opening(number));
        foreach (var number in found)
        {
            if (known.Accounts.Opening(number) is not { } opening) continue;
            if (opening.Person is { } person) holders.Add(person);
            if (opening.Line is { } line) accountLines.Add(line);
        }
    }

    private void NoteHolders()
    {
        var found = rows.AsSpan(0, phones.Count);
        foreach (var row in found) LookAhead.To(known.Lines.Subscription(row));
        foreach (var row in found)
            if (known.Lines.Subscription(row)?.Person is { } person) lineHolders.Add(person);
    }
}
