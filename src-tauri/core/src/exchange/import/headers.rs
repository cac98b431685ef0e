//! What columns are called, in the languages that people's programs speak.

use super::recognise::Field;

/// Field, label, and folded headers parted by `|`.
pub(super) type Synonyms = (Field, &'static str, &'static str);

pub(super) const HEADERS: &[Synonyms] = &[
    (
        Field::FullName,
        "",
        "name|full name|fullname|display name|contact name|contact|person|member|member name|\
      whole name|customer name|client name|vollstandiger name|nom complet|nombre completo|\
      nome completo|nome e cognome|volledige naam|naam|namn|navn|imie i nazwisko|姓名|名前|氏名|이름|\
      الاسم|имя и фамилия|фио",
    ),
    (
        Field::Given,
        "",
        "given|given name|given names|givenname|first|first name|first names|firstname|forename|\
      forenames|christian name|fname|vorname|vornamen|rufname|prenom|prenoms|nombre|nombres|nome|\
      voornaam|fornamn|fornavn|imie|jmeno|keresztnev|etunimi|名|имя|الاسم الاول",
    ),
    (
        Field::Middle,
        "",
        "middle|middle name|middle names|middlename|additional name|second name|zweiter vorname|\
      deuxieme prenom|segundo nombre|secondo nome|tussenvoegsel|отчество",
    ),
    (
        Field::Family,
        "",
        "family|family name|familyname|last|last name|lastname|surname|sur name|lname|second surname|\
      nachname|familienname|zuname|nom|nom de famille|apellido|apellidos|cognome|achternaam|\
      efternamn|efternavn|etternavn|sobrenome|apelido|nazwisko|prijmeni|vezeteknev|sukunimi|姓|\
      фамилия|اللقب",
    ),
    (
        Field::Title,
        "",
        "title|salutation|name prefix|prefix|honorific|courtesy title|anrede|titel|civilite|\
      tratamiento|titolo|aanhef|tiltal",
    ),
    (Field::Suffix, "", "suffix|name suffix|post nominals|postnominals|namenszusatz|suffixe|sufijo"),
    (
        Field::Nickname,
        "",
        "nickname|nick name|known as|preferred name|goes by|spitzname|surnom|apodo|soprannome|\
      roepnaam",
    ),
    (
        Field::Organisation,
        "",
        "organisation|organization|organisation name|organization name|company|company name|\
      companyname|employer|business|business name|account name|account|firm|workplace|firma|\
      unternehmen|arbeitgeber|verein|societe|entreprise|organisme|empresa|compania|organizacion|\
      azienda|societa|ditta|organizzazione|bedrijf|organisatie|bedrijfsnaam|foretag|virksomhed|\
      bedrift|firmanavn|organizacja|会社|公司|компания|организация|الشركة",
    ),
    (
        Field::Department,
        "",
        "department|organisation department|organization department|division|branch|abteilung|\
      service|departamento|reparto|afdeling|avdelning",
    ),
    (
        Field::RoleTitle,
        "",
        "job title|jobtitle|role|position|occupation|profession|organisation title|\
      organization title|function|job|designation|beruf|funktion|stellung|berufsbezeichnung|\
      fonction|poste|cargo|puesto|ruolo|qualifica|professione|functie|stilling|stanowisko|\
      должность",
    ),
    (
        Field::Phone,
        "",
        "phone|phone number|phone value|phones|telephone|telephone number|tel|tel no|tel nr|phone no|\
      ph|contact number|contact no|number|telefon|telefonnummer|rufnummer|fon|telephone fixe|\
      numero de telephone|telefono|numero de telefono|telefone|telefoon|telefoonnummer|telefonnr|\
      puhelin|電話|電話番号|电话|전화|телефон|الهاتف|primary phone|day phone|daytime phone|evening phone",
    ),
    (
        Field::Phone,
        "mobile",
        "mobile|mobile phone|mobile number|mobile no|mob|cell|cell phone|cellphone|cell number|handy|\
      handynummer|mobil|mobiltelefon|mobilnummer|portable|telephone portable|telephone mobile|\
      mobile telephone|movil|telefono movil|celular|cellulare|telemovel|mobiel|gsm|携帯|携帯電話|手机|휴대폰|\
      мобильный",
    ),
    (
        Field::Phone,
        "work",
        "work phone|business phone|office phone|work telephone|office|telefon geschaftlich|\
      telefon dienstlich|company main phone|direct line|direct phone",
    ),
    (Field::Phone, "home", "home phone|home telephone|telefon privat|festnetz|landline"),
    (Field::Phone, "other", "other phone|alternative phone|alternate phone|phone other|car phone"),
    (Field::PhoneLabel, "", "phone label|phone type"),
    (
        Field::Extension,
        "",
        "extension|ext|phone extension|phone ext|durchwahl|nebenstelle|extension telefonica|interno|\
      ramal",
    ),
    (
        Field::Email,
        "",
        "email|e mail|mail|email address|e mail address|mail address|e mail value|email value|emails|\
      emailadresse|e mail adresse|email adresse|mailadresse|courriel|adresse e mail|adresse email|\
      adresse mail|correo|correo electronico|posta elettronica|indirizzo email|indirizzo e mail|\
      e mailadres|emailadres|e post|epost|epostadress|mejl|sahkoposti|メール|メールアドレス|邮箱|电子邮件|이메일|\
      почта|البريد الالكتروني",
    ),
    (Field::EmailLabel, "", "e mail label|email label"),
    (
        Field::Address,
        "",
        "address|address formatted|postal address|mailing address|full address|adresse|anschrift|\
      postanschrift|adresse postale|direccion|indirizzo|endereco|adres|postadres|adress|住所|地址|주소|\
      адрес|العنوان",
    ),
    (Field::AddressLabel, "", "address label|address type"),
    (
        Field::Street,
        "",
        "street|street number|house number|street no|house no|hausnummer|address line|address street|street address|addressline|strasse|\
      strasse und hausnummer|rue|voie|calle|via|rua|straat|gata|ulica",
    ),
    (
        Field::City,
        "",
        "city|town|suburb|locality|address city|city town|ort|stadt|wohnort|ville|commune|ciudad|\
      localidad|citta|comune|cidade|plaats|woonplaats|stad|by|miasto|город|المدينة",
    ),
    (
        Field::Region,
        "",
        "region|state|province|county|state province|province state|state region|address region|bundesland|kanton|departement|\
      provincia|provincie|estado|lan|wojewodztwo",
    ),
    (
        Field::Postcode,
        "",
        "postcode|post code|postal code|zip|zip code|zipcode|address postal code|plz|postleitzahl|\
      code postal|codigo postal|cap|cep|postnummer|kod pocztowy",
    ),
    (Field::Country, "", "country|country region|address country|land|staat|pays|pais|paese|maa|kraj|国|страна|البلد"),
    (Field::Place, "", "place|location|area|lives in|based in"),
    (Field::Zone, "", "time zone|timezone|zone|tz|zeitzone|fuseau horaire|zona horaria|fuso orario|tijdzone"),
    (
        Field::Standing,
        "",
        "standing|status|membership|membership status|member status|contact status|stage|\
      lifecycle stage|lead status|membership type|mitgliedsstatus|mitgliedschaft|statut|\
      estado de socio|stato|lidmaatschap",
    ),
    (
        Field::ExternalId,
        "",
        "record id|rec id|recid|recordid|contact id|contactid|external id|externalid|source id|\
      system id|id|uid|uuid|guid|person id|member id|client id|customer id|membership number|\
      membership no|member number|member no|mitgliedsnummer|mitglieds nr|kundennummer|\
      numero de membre|numero adherent|numero de socio|numero socio|lidnummer|medlemsnummer|\
      datensatz id|kontakt id",
    ),
    (
        Field::Note,
        "",
        "note|notes|comment|comments|remark|remarks|description|background|about|message|notiz|\
      notizen|bemerkung|bemerkungen|kommentar|remarque|remarques|commentaire|commentaires|nota|\
      notas|comentario|comentarios|observaciones|commenti|osservazioni|observacoes|opmerking|\
      opmerkingen|anteckning|anteckningar|noter|notatki|備考|备注|메모|заметки|ملاحظات",
    ),
    (
        Field::Birthday,
        "",
        "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|date de naissance|\
      anniversaire|fecha de nacimiento|cumpleanos|data di nascita|compleanno|geboortedatum|\
      fodelsedag|fodselsdag",
    ),
    (
        Field::Tag,
        "",
        "tag|tags|label|labels|group|groups|group membership|category|categories|interest|interests|\
      keywords|schlagwort|schlagworte|kategorie|kategorien|gruppe|gruppen|etiquette|etiquettes|\
      categorie|groupe|etiqueta|etiquetas|categoria|grupo|gruppo|groep",
    ),
    (
        Field::Source,
        "",
        "source|lead source|origin|heard from|how did you hear|how did you hear about us|referred by|\
      quelle|herkunft|provenance|origen|fonte|bron",
    ),
    (
        Field::Keeper,
        "",
        "keeper|looked after by|contact owner|owner|record owner|assigned to|account manager|\
      betreuer|zustandig|responsable|responsabile",
    ),
    (
        Field::DoNotCall,
        "",
        "do not call|donotcall|dnc|no call|no calls|no phone|do not phone|do not ring|phone opt out|\
      call opt out|nicht anrufen|keine anrufe|ne pas appeler|no llamar|non chiamare|niet bellen",
    ),
    (
        Field::DoNotEmail,
        "",
        "do not email|do not e mail|no email|no emails|email opt out|e mail opt out|\
      opted out of email|opt out|unsubscribed|unsubscribe|unsubscribed from all email|\
      keine e mails|ne pas envoyer d e mails",
    ),
    (Field::DoNotPost, "", "do not mail|do not post|no mail|no post|mail opt out|keine post"),
    (
        Field::MayCall,
        "",
        "may call|can call|phone consent|call consent|consent phone|consent to call|phone opt in|\
      anruf erlaubt",
    ),
    (
        Field::MayEmail,
        "",
        "may email|can email|email consent|consent email|consent to email|email opt in|subscribed|\
      newsletter|marketing consent",
    ),
    (Field::MayPost, "", "may post|may mail|post consent|mail consent|consent post"),
    (
        Field::Skip,
        "",
        "why not imported|file as|photo|initials|gender|language|keyword|priority|sensitivity|\
      private|mileage|billing information|directory server|internet free busy|spouse|children|\
      anniversary|hobby|hobbies|office location|web page|website|created|created at|modified|\
      updated|updated at|last modified|e mail type|email type|e mail display name",
    ),
];
