namespace Lowdose.Records.Clinic;

/// <summary>What somebody is in an organisation. A role opens pages; a record opens only by a <see cref="Grant"/>, or because it is one's own.</summary>
public enum Role
{
    /// <summary>Keeps a diary.</summary>
    Person,
    /// <summary>Helps somebody who keeps a diary.</summary>
    Carer,
    /// <summary>Prescribes.</summary>
    Prescriber,
    /// <summary>Prepares what is prescribed.</summary>
    Pharmacist,
    /// <summary>Sees the courses of those who agreed, together and without names.</summary>
    Researcher,
    /// <summary>Lets people in and out; sees no record.</summary>
    Admin,
}

/// <summary>What may be done with somebody's record.</summary>
public enum May
{
    /// <summary>Read the diary, the course and the report.</summary>
    See,
    /// <summary>Write the diary's days.</summary>
    Write,
    /// <summary>Approve, hold and change the plan.</summary>
    Prescribe,
    /// <summary>Read what is to be prepared, and nothing else.</summary>
    Prepare,
    /// <summary>Count it in research, without a name.</summary>
    Research,
    /// <summary>Everything about one's own: settings, consent, who looked, taking it along, deleting it. Nobody can be given this.</summary>
    Own,
}
